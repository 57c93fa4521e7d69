/** The form in which a person answers a criterion. */
import { html, useLayoutEffect, useRef, useState, wordsOf } from "../html.js";
import { SignatureField, signature } from "../signature.js";
import { VERDICTS } from "../verdict.js";

/**
 * It is told when somebody else answered meanwhile: then nothing typed is lost, and saving again puts it in their place.
 * @param {{answer: Api.AnswerView, lastAnswer: number, onCancel: () => void,
 *   onSave: (criterion: string, given: {verdict: string, reason: string, by: string, seen: number}) => Promise<void>}} props
 */
export function Override({ answer, lastAnswer, onSave, onCancel }) {
  const form = useRef(/** @type {HTMLFormElement|null} */ (null));
  const [trouble, setTrouble] = useState("");
  const [began] = useState(lastAnswer);
  useLayoutEffect(() => form.current?.querySelector("input")?.focus(), []);
  const submit = async (/** @type {SubmitEvent} */ event) => {
    event.preventDefault();
    const given = new FormData(/** @type {HTMLFormElement} */ (event.currentTarget));
    try {
      await onSave(answer.criterion, { verdict: String(given.get("verdict")), reason: String(given.get("reason")), by: signature.value, seen: trouble ? lastAnswer : began });
    } catch (error) {
      setTrouble(`Not saved: ${wordsOf(error)}.`);
    }
  };
  const onKeyDown = (/** @type {KeyboardEvent} */ event) => {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    onCancel();
  };
  const [chosen] = useState(answer.override?.verdict ?? answer.automatic);
  return html`<form ref=${form} class="override-form" aria-label=${`Your answer to “${answer.title}”`} onSubmit=${submit} onKeyDown=${onKeyDown}>
    <fieldset><legend>Your answer</legend>${answer.may_be.map((verdict) => html`<label key=${verdict} class="check"><input type="radio" name="verdict" value=${verdict} required defaultChecked=${verdict === chosen} />${VERDICTS[verdict]}</label>`)}</fieldset>
    <label class="field">Reason<textarea name="reason" required maxlength="2000" rows="2"></textarea></label>
    <${SignatureField} />
    ${trouble && html`<p class="problem" role="alert">${trouble}</p>`}
    <p class="caption">The automatic answer stays beside yours. Choose the same to say that it is right.</p>
    <div class="form-buttons"><button type="submit" class="button primary">Save</button><button type="button" class="button" onClick=${onCancel}>Cancel</button></div>
  </form>`;
}
