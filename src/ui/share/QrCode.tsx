/** A link as a QR code, always dark on light as scanners expect. Drawn as one path: no canvas, no image to load. */
import { useEffect, useState } from 'react';
import { SHARE_WORDS } from './messages.ts';
import { QUIET, qrPath, type QrPath } from './qr-path.ts';
import css from './share.module.css';

export function QrCode({ text, label }: { text: string; label: string }) {
  const [drawn, setDrawn] = useState<QrPath | null>(null);
  useEffect(() => {
    let current = true;
    qrPath(text).then(
      (code) => {
        if (current) setDrawn(code);
      },
      (error: unknown) => console.warn('No QR code.', error),
    );
    return () => {
      current = false;
    };
  }, [text]);
  if (drawn?.text !== text) return <p className={css.codePlace}>{SHARE_WORDS.link.qrComes}</p>;
  const side = drawn.size + 2 * QUIET;
  return (
    <svg className={css.qr} viewBox={`${-QUIET} ${-QUIET} ${side} ${side}`} role="img" aria-label={label}>
      <rect x={-QUIET} y={-QUIET} width={side} height={side} fill="#fff" />
      <path d={drawn.path} fill="#000" shapeRendering="crispEdges" />
    </svg>
  );
}
