/** What can be heard here, said before anybody tries. */

const SECURE = "A browser gives a page the microphone only over HTTPS, or where the server runs on this computer (localhost).";
const FETCH = "pip install '.[speech]' && COPILOT_SPEECH__MODEL=base.en copilot serve";

/**
 * @typedef {{can: "both"|"microphone"|"nothing", words: string, remedy: string, command?: string}} Support `words` is empty where all is well
 */

/**
 * Pure.
 * @param {{secure: boolean, microphone: boolean, display: boolean, worklet: boolean, sharesSound: boolean}} browser
 * @param {{speech: boolean}} server
 * @returns {Support}
 */
export function support(browser, server) {
  if (!server.speech) {
    return { can: "nothing", words: "This server has no speech model, so it cannot hear a call yet.", remedy: "To hear calls here, stop the server and type this in the program’s folder:", command: FETCH };
  }
  if (!browser.secure) return { can: "nothing", words: SECURE, remedy: "Open this page by an address that begins with https://." };
  if (!browser.microphone || !browser.worklet) {
    return { can: "nothing", words: "This browser cannot hear a call.", remedy: "A current Chrome, Edge, Firefox or Safari can." };
  }
  if (!browser.display) return { can: "microphone", words: "This browser cannot share the meeting's sound.", remedy: "The microphone alone works here; Chrome and Edge on a computer can share a tab with its sound." };
  if (!browser.sharesSound) return { can: "both", words: "This browser may share a picture without its sound.", remedy: "Chrome and Edge share a tab with its sound. The microphone alone works here too." };
  return { can: "both", words: "", remedy: "" };
}

/** What this browser brings along. Only those that share sound know the constraint that is asked for here. */
export function thisBrowser() {
  const devices = navigator.mediaDevices;
  return {
    secure: window.isSecureContext,
    microphone: Boolean(devices?.getUserMedia),
    display: Boolean(devices?.getDisplayMedia),
    worklet: typeof AudioWorkletNode !== "undefined",
    sharesSound: Boolean(/** @type {any} */ (devices?.getSupportedConstraints?.() ?? {}).suppressLocalAudioPlayback),
  };
}
