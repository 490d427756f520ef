/** A text as a QR code, drawn as one path. */

export interface QrPath {
  /** Modules a side, without the quiet zone. */
  readonly size: number;
  /** Dark modules, one unit each. */
  readonly path: string;
}

/** Width of the quiet zone in modules, which scanners need. */
export const QUIET = 4;

/** @throws Error for a text too long for any code */
export async function qrPath(text: string): Promise<QrPath> {
  const { generate, correction } = await import('lean-qr');
  const code = generate(text, { minCorrectionLevel: correction.L });
  let path = '';
  for (let y = 0; y < code.size; y++) {
    for (let x = 0; x < code.size; x++) {
      if (!code.get(x, y)) continue;
      let run = 1;
      while (code.get(x + run, y)) run++;
      path += `M${x} ${y}h${run}v1h-${run}z`;
      x += run;
    }
  }
  return { size: code.size, path };
}
