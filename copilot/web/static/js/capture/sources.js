/** The microphone and the meeting's sound, and in words why one cannot be had. */

import { wordsOf } from "../html.js";

/** A source that cannot be had; the message is for the rep. */
export class NoSource extends Error {}

const REFUSED = "NotAllowedError";
/** @type {Record<string, string>} */
const MICROPHONE = {
  [REFUSED]: "The microphone was not allowed. The lock or camera sign in the address bar changes that.",
  NotFoundError: "There is no microphone. Plug one in, or choose it in the system's settings.",
  NotReadableError: "Another program holds the microphone, or the system does not give it.",
};
/** @type {Record<string, string>} */
const SHARE = {
  [REFUSED]: "Nothing was shared. Choose the meeting's tab, or the whole screen with its sound.",
  NotFoundError: "There is nothing to share.",
  NotReadableError: "The system does not give the screen or its sound to the browser.",
};
const NO_SOUND = "That share has no sound. Choose the meeting's tab and tick ‘Share audio’.";

/**
 * A room is heard as it is; beside a meeting, what the loudspeakers play is taken out of the microphone.
 * @param {{alone: boolean, deviceId?: string}} wanted @returns {Promise<MediaStreamTrack>}
 */
export async function microphone({ alone, deviceId }) {
  const audio = { echoCancellation: !alone, noiseSuppression: false, autoGainControl: true, ...(deviceId ? { deviceId: { exact: deviceId } } : {}) };
  const stream = await asked(navigator.mediaDevices.getUserMedia({ audio }), MICROPHONE);
  return stream.getAudioTracks()[0];
}

/** The sound of a tab or of the whole system; the picture that comes along is let go of. @returns {Promise<MediaStreamTrack>} */
export async function meetingSound() {
  const wanted = {
    video: true,
    audio: { echoCancellation: false, noiseSuppression: false, autoGainControl: false, suppressLocalAudioPlayback: false },
    systemAudio: "include",
    selfBrowserSurface: "exclude",
    surfaceSwitching: "include",
  };
  const stream = await asked(navigator.mediaDevices.getDisplayMedia(/** @type {any} */ (wanted)), SHARE);
  const [sound] = stream.getAudioTracks();
  stream.getVideoTracks().forEach((track) => track.stop());
  if (!sound) throw new NoSource(NO_SOUND);
  return sound;
}

/** @returns {Promise<{id: string, label: string}[]>} named only once one of them was allowed */
export async function microphones() {
  const devices = await navigator.mediaDevices.enumerateDevices();
  return devices.filter((d) => d.kind === "audioinput" && d.label).map((d) => ({ id: d.deviceId, label: d.label }));
}

/** @param {Promise<MediaStream>} answer @param {Record<string, string>} reasons by the error's name */
async function asked(answer, reasons) {
  try {
    return await answer;
  } catch (error) {
    const name = error instanceof Error ? error.name : "";
    throw new NoSource(reasons[name] ?? `The browser does not give it: ${wordsOf(error)}`);
  }
}
