/** A link as a QR code, always dark on light as scanners expect. Drawn as one path: no canvas, no image to load. */
import { useEffect, useState } from 'react';
import css from './share.module.css';

interface Drawn {
  readonly text: string;
  readonly size: number;
  readonly path: string;
}

/** Width of the quiet zone in modules, which scanners need. */
const QUIET = 4;

async function draw(text: string): Promise<Drawn> {
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
  return { text, size: code.size, path };
}

export function QrCode({ text, label }: { text: string; label: string }) {
  const [drawn, setDrawn] = useState<Drawn | null>(null);
  useEffect(() => {
    let current = true;
    draw(text).then(
      (code) => {
        if (current) setDrawn(code);
      },
      (error: unknown) => console.warn('No QR code.', error),
    );
    return () => {
      current = false;
    };
  }, [text]);
  if (drawn?.text !== text) return <div className={css.qr} />;
  const side = drawn.size + 2 * QUIET;
  return (
    <svg className={css.qr} viewBox={`${-QUIET} ${-QUIET} ${side} ${side}`} role="img" aria-label={label}>
      <rect x={-QUIET} y={-QUIET} width={side} height={side} fill="#fff" />
      <path d={drawn.path} fill="#000" shapeRendering="crispEdges" />
    </svg>
  );
}
