/** A link as a QR code, always dark on light as scanners expect. Drawn as one path: no canvas, no image to load. */
import { useEffect, useState } from 'react';
import { patiently } from '../../platform/patiently.ts';
import { SHARE_WORDS } from './messages.ts';
import { QUIET, qrPath, type QrPath } from './qr-path.ts';
import css from './share.module.css';

export function QrCode({ text, label }: { text: string; label: string }) {
  const [made, setMade] = useState<{ readonly of: string; readonly code: QrPath | null } | null>(null);
  useEffect(() => {
    let current = true;
    const make = (code: QrPath | null): void => {
      if (current) setMade({ of: text, code });
    };
    patiently(() => qrPath(text)).then(make, (error: unknown) => {
      console.warn('No QR code.', error);
      make(null);
    });
    return () => {
      current = false;
    };
  }, [text]);
  const { qrComes, qrFailed } = SHARE_WORDS.link;
  if (made?.of !== text) return <p className={css.codePlace}>{qrComes}</p>;
  if (!made.code) return <p className={css.codePlace}>{qrFailed}</p>;
  const { size, path } = made.code;
  const side = size + 2 * QUIET;
  return (
    <svg className={css.qr} viewBox={`${-QUIET} ${-QUIET} ${side} ${side}`} role="img" aria-label={label}>
      <rect x={-QUIET} y={-QUIET} width={side} height={side} fill="#fff" />
      <path d={path} fill="#000" shapeRendering="crispEdges" />
    </svg>
  );
}
