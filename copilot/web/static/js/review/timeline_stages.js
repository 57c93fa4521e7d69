/**
 * The stage ribbon: utterances about the same stage, one after the other, are one block.
 * @param {import("./timeline_model.js").Placed[]} spans in order
 */
export function stageBlocks(spans) {
  /** @type {(import("./timeline_model.js").Span & {stage: string})[]} */
  const blocks = [];
  for (const { u, span } of spans) {
    const stage = u.stage ?? "other";
    const last = blocks.at(-1);
    if (last?.stage === stage) last.to = Math.max(last.to, span.to);
    else blocks.push({ ...span, stage });
  }
  return blocks.map((block, n) => ({ ...block, to: Math.min(block.to, blocks[n + 1]?.from ?? block.to) }));
}
