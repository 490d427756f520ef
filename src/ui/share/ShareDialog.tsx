/** Everything that takes a result elsewhere: a link, its QR code, a frame for another page, files. */
import { useEffect, useState } from 'react';
import { linkTo, type LinkSize } from '../../state/result-address.ts';
import { GOOD_LENGTH } from '../../share/result-link.ts';
import type { StudyResult } from '../../study/result.ts';
import { Fold } from '../controls/Fold.tsx';
import { Segmented } from '../controls/Segmented.tsx';
import { integer } from '../format.ts';
import { copyText } from './clipboard.ts';
import { CopyField } from './CopyField.tsx';
import { EmbedCode } from './EmbedCode.tsx';
import { SavedFiles } from './SavedFiles.tsx';
import { QrCode } from './QrCode.tsx';
import css from './share.module.css';

const list = new Intl.ListFormat('en-GB');

export function ShareDialog({ result }: { result: StudyResult }) {
  const page = document.baseURI;
  const [whole] = useState(() => linkTo(result, page));
  const [short] = useState(() => linkTo(result, page, 'chat'));
  const [code] = useState(() => linkTo(result, page, 'qr'));
  const [size, setSize] = useState<LinkSize>('whole');
  const [copied, setCopied] = useState(false);
  const link = size === 'whole' ? whole : short;
  const long = whole.address.length > GOOD_LENGTH;
  useEffect(() => {
    let current = true;
    void copyText(link.address).then((done) => {
      if (current) setCopied(done);
    });
    return () => {
      current = false;
    };
  }, [link.address]);
  return (
    <>
      <p className={css.title} role="status">
        {copied ? 'Link copied' : 'Copy this link'} · {integer(link.address.length)} characters
      </p>
      <CopyField label="Link to this result" text={link.address} />
      {long && (
        <Segmented
          label="Length of the link"
          value={size}
          options={[
            { id: 'whole', name: `Whole, ${integer(whole.address.length)}` },
            { id: 'chat', name: `For chat, ${integer(short.address.length)}` },
          ]}
          onChange={setSize}
        />
      )}
      <div className={css.scan}>
        <QrCode text={code.address} label="QR code of a link to this result" />
        <div className={css.notes}>
          <p>Settings, seeds, curves and numbers; no images, no adapters, nothing about you.</p>
          {without(link.leftOut).length > 0 && <p>The link leaves out {list.format(without(link.leftOut))}.</p>}
          {long && size === 'whole' && (
            <p>Some chat programs cut links above {integer(GOOD_LENGTH)} characters: use the short one there.</p>
          )}
          <p>
            The QR code holds a shorter link
            {code.leftOut.length > 1 && ` without ${list.format(without(code.leftOut))}`}.
          </p>
        </div>
      </div>
      <Fold title="Files" summary="whole, with adapters" level={3}>
        <SavedFiles result={result} />
      </Fold>
      <Fold title="Embed in a page" summary="slides, courses" level={3}>
        <EmbedCode result={result} />
      </Fold>
    </>
  );
}

/** The tape is drawn again from the seeds, so nobody misses it; and where curves are left out, their detail needs no word. */
function without(leftOut: readonly string[]): string[] {
  const noCurves = leftOut.includes('the loss and validation curves');
  return leftOut.filter(
    (text) => !text.startsWith('the activation tape') && !(noCurves && /^(loss curves in|most points of)/.test(text)),
  );
}
