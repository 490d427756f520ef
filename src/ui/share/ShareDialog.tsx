/** All ways to share a result: a link, its QR code, an embeddable frame, files. */
import { useEffect, useState } from 'react';
import { listed } from '../../core/listed.ts';
import type { ResultLink } from '../../state/page/result-address.ts';
import { GOOD_LENGTH } from '../../share/link/result-link.ts';
import type { StudyResult } from '../../study/result/result.ts';
import { Fold } from '../controls/Fold.tsx';
import { Segmented } from '../controls/Segmented.tsx';
import { integer } from '../format.ts';
import { copyText } from './clipboard.ts';
import { contentsOf } from './contents.ts';
import { CopyField } from './CopyField.tsx';
import { EmbedCode } from './EmbedCode.tsx';
import { SavedFiles } from './SavedFiles.tsx';
import { QrCode } from './QrCode.tsx';
import css from './share.module.css';
import { useLinks, type Links } from './use-links.ts';

const NAMES = { chat: 'For chat', whole: 'Full detail' } as const;
type Shown = keyof typeof NAMES;

const lengthOf = ({ address }: ResultLink): number => address.length;

/** The short link if it lacks no figure, else the full one; undefined until known. */
function firstChoice({ chat, whole }: Links['made']): Shown | undefined {
  if (!chat || (!chat.complete && !whole)) return undefined;
  return chat.complete || (whole && lengthOf(whole) <= GOOD_LENGTH) ? 'chat' : 'whole';
}

export function ShareDialog({ result }: { result: StudyResult }) {
  const { made, problem } = useLinks(result);
  const [wanted, setWanted] = useState<Shown>();
  const shown = wanted ?? firstChoice(made);
  const link = shown && made[shown];
  return (
    <>
      <LinkField link={link} problem={problem} />
      {made.chat && made.whole && lengthOf(made.whole) > GOOD_LENGTH && shown && (
        <Segmented
          label="Length of the link"
          value={shown}
          options={(['chat', 'whole'] as const).map((id) => ({
            id,
            name: `${NAMES[id]}, ${integer(made[id] ? lengthOf(made[id]) : 0)}`,
          }))}
          onChange={setWanted}
        />
      )}
      <div className={css.scan}>
        {made.qr ? (
          <QrCode text={made.qr.address} label="QR code of a link to this result" />
        ) : (
          <div className={css.qr} />
        )}
        <div className={css.notes}>
          {link && <Contents link={link} />}
          {link && lengthOf(link) > GOOD_LENGTH && (
            <p>Some chat programs cut links above {integer(GOOD_LENGTH)} characters: use the short one there.</p>
          )}
          {made.qr && <p>The QR code holds a shorter link{missing(made.qr, ' without ')}.</p>}
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

/** The link, copied as soon as it is ready. */
function LinkField({ link, problem }: { link: ResultLink | undefined; problem: string | null }) {
  const address = link?.address ?? '';
  const [copied, setCopied] = useState('');
  useEffect(() => {
    let current = true;
    if (address)
      void copyText(address).then((done) => {
        if (current && done) setCopied(address);
      });
    return () => {
      current = false;
    };
  }, [address]);
  const state = copied === address ? 'Link copied' : 'Copy this link';
  return (
    <>
      <p className={css.title} role="status">
        {address ? `${state} · ${integer(address.length)} characters` : (problem ?? 'Making the link …')}
      </p>
      <CopyField label="Link to this result" text={address} />
    </>
  );
}

function Contents({ link }: { link: ResultLink }) {
  return (
    <>
      <p>In the link: {listed(contentsOf(link.kept))}; no images, no adapters, nothing about you.</p>
      {link.rounded.length > 0 && <p>Rounded: {link.rounded.join('; ')}.</p>}
      {told(link).length > 0 && <p>The link leaves out {listed(told(link))}.</p>}
    </>
  );
}

const missing = (link: ResultLink, before: string): string =>
  told(link).length > 0 ? before + listed(told(link)) : '';

/**
 * Omissions worth mentioning. The tape is regenerated from the seeds, so it is not missing; if curves are left out, their detail need not be
 * mentioned.
 */
function told({ leftOut }: ResultLink): string[] {
  const noCurves = leftOut.includes('the loss and validation curves');
  return leftOut.filter(
    (text) => !text.startsWith('the activation tape') && !(noCurves && /^(loss curves in|most points of)/.test(text)),
  );
}
