/** The fixed part in a window of its own: document picture-in-picture, else an ordinary window. */
import { capturing } from "../capture/state.js";
import { html, render } from "../html.js";
import { ownWindow } from "../ui.js";

/** @param {() => any} Content what to show there @param {(document: Document) => void} onOpen */
export async function openOwnWindow(Content, onOpen) {
  if (ownWindow.value) return bringBack();
  const pip = /** @type {any} */ (window).documentPictureInPicture;
  if (!pip) {
    window.open(location.href, "copilot-panel", "popup,width=400,height=800");
    return undefined;
  }
  const view = await pip.requestWindow({ width: 380, height: capturing.value ? 474 : 430 });
  for (const link of document.querySelectorAll('link[rel="stylesheet"]')) view.document.head.append(link.cloneNode());
  const { lang, dataset } = document.documentElement;
  view.document.documentElement.lang = lang;
  if (dataset.theme) view.document.documentElement.dataset.theme = dataset.theme;
  Object.assign(view.document.documentElement.dataset, document.documentElement.dataset); // the theme, where one was chosen
  view.document.title = document.title;
  view.document.body.className = "call-page own-window";
  render(html`<${Content} />`, view.document.body);
  onOpen(view.document);
  ownWindow.value = view;
  view.addEventListener("pagehide", () => {
    render(null, view.document.body);
    ownWindow.value = null;
  });
  return undefined;
}

export function bringBack() {
  ownWindow.value?.close();
  ownWindow.value = null;
}
