/** Tells a study file from other zips without unpacking it. */

/** The first entry of every study file. */
export const MANIFEST = 'copra-study.json';

/** Whether a zip begins like ours: the first entry's name is at its very start. @param start its first 64 bytes or more */
export function beginsLikeStudy(start: Uint8Array): boolean {
  const signature = [0x50, 0x4b, 0x03, 0x04];
  const NAME_AT = 30;
  const name = new TextEncoder().encode(MANIFEST);
  return (
    signature.every((byte, i) => start[i] === byte) &&
    start.length >= NAME_AT + name.length &&
    name.every((byte, i) => start[NAME_AT + i] === byte)
  );
}
