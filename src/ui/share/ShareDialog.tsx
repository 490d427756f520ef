/** All ways to share a result: a link, its QR code, an embeddable frame, files. */
import { useEffect, useEffectEvent, useState } from 'react';
import { LINK_LENGTHS, type ResultLink } from '../../state/page/result-address.ts';
import type { StudyResult } from '../../study/result/result.ts';
import { markKept } from '../../state/study/study-store.ts';
import { useServices } from '../context.ts';
import { Fold } from '../controls/Fold.tsx';
import { Segmented } from '../controls/Segmented.tsx';
import { unbroken } from '../unbroken.ts';
import { unbrokenTexts } from '../unbroken-texts.tsx';
import { copyText } from './clipboard.ts';
import { reachedStep } from '../live/phases.ts';
import { contentsOf } from './contents.ts';
import { CopyField } from './CopyField.tsx';
import { EmbedCode } from './EmbedCode.tsx';
import { SHARE_WORDS } from './messages.ts';
import { SavedFiles } from './SavedFiles.tsx';
import { QrCode } from './QrCode.tsx';
import css from './share.module.css';
import { useLinks, type Links } from './use-links.ts';

const SHOWN = ['chat', 'whole'] as const;
type Shown = (typeof SHOWN)[number];

const lengthOf = ({ address }: ResultLink): number => address.length;

/** The short link if there is one and it lacks no figure, else the full one; undefined until known. */
function firstChoice({ chat, whole }: Links['made']): Shown | undefined {
  if (chat?.fits && (chat.complete || (whole && lengthOf(whole) <= LINK_LENGTHS.chat))) return 'chat';
  return whole && 'whole';
}

export function ShareDialog({ result }: { result: StudyResult }) {
  const { study } = useServices();
  const { made, problem } = useLinks(result);
  const [wanted, setWanted] = useState<Shown>();
  const shown = wanted ?? firstChoice(made);
  const link = shown && made[shown];
  // Most results have more than a chat takes: the choice has its place before it is there.
  const isAwaited = !made.whole && !problem;
  const hasChoice = made.chat?.fits && made.whole && lengthOf(made.whole) > LINK_LENGTHS.chat;
  return (
    <>
      <LinkField link={link} problem={problem} onCopied={() => markKept(study, result)} />
      {(isAwaited || hasChoice) && (
        <div className={isAwaited ? css.awaited : undefined}>
          <Segmented
            label={SHARE_WORDS.link.length}
            value={shown ?? SHOWN[0]}
            options={SHOWN.map((id) => ({
              id,
              name: SHARE_WORDS.link.choice(SHARE_WORDS.link[id], made[id] ? lengthOf(made[id]) : 0),
            }))}
            onChange={setWanted}
          />
        </div>
      )}
      <div className={css.scan}>
        {made.qr?.fits && <QrCode text={made.qr.address} label={SHARE_WORDS.link.qr} />}
        {!made.qr?.fits && !problem && (
          <p className={css.codePlace}>
            {made.qr ? unbroken(SHARE_WORDS.link.noCode(LINK_LENGTHS.qr)) : SHARE_WORDS.link.qrComes}
          </p>
        )}
        <div className={css.notes}>
          {unbrokenTexts(
            <>
              {result.status === 'running' && <p>{SHARE_WORDS.link.stillRuns(reachedStep(result))}</p>}
              {link && <p>{SHARE_WORDS.link.lacks(link.rounded.length > 0, link.mostLeftOut.length > 0)}</p>}
              {link && lengthOf(link) > LINK_LENGTHS.chat && (
                <p>
                  {made.chat?.fits
                    ? SHARE_WORDS.link.tooLong(LINK_LENGTHS.chat)
                    : SHARE_WORDS.link.noShort(LINK_LENGTHS.chat)}
                </p>
              )}
            </>,
          )}
        </div>
      </div>
      <Fold title={SHARE_WORDS.link.details} summary={SHARE_WORDS.link.detailsAre} level={3}>
        <div className={css.notes}>
          {link && <Contents link={link} />}
          {made.qr?.fits && unbrokenTexts(<p>{SHARE_WORDS.link.qrHolds(made.qr.mostLeftOut)}</p>)}
        </div>
      </Fold>
      <Fold title={SHARE_WORDS.files.title} summary={SHARE_WORDS.files.summary} level={3}>
        <SavedFiles result={result} />
      </Fold>
      <Fold title={SHARE_WORDS.frame.title} summary={SHARE_WORDS.frame.summary} level={3}>
        <EmbedCode result={result} />
      </Fold>
    </>
  );
}

interface LinkFieldProps {
  readonly link: ResultLink | undefined;
  readonly problem: string | null;
  readonly onCopied: () => void;
}

/** The link, copied as soon as it is ready. */
function LinkField({ link, problem, onCopied }: LinkFieldProps) {
  const address = link?.address ?? '';
  const [copied, setCopied] = useState('');
  const tell = useEffectEvent(onCopied);
  useEffect(() => {
    let current = true;
    if (address)
      void copyText(address).then((done) => {
        if (!current || !done) return;
        setCopied(address);
        tell();
      });
    return () => {
      current = false;
    };
  }, [address]);
  const said = copied === address ? SHARE_WORDS.link.copied : SHARE_WORDS.link.copyIt;
  return (
    <>
      <p className={css.title} role="status">
        {address ? said(address.length) : (problem ?? SHARE_WORDS.link.making)}
      </p>
      <CopyField label={SHARE_WORDS.link.label} text={address} onCopied={onCopied} />
    </>
  );
}

const Contents = ({ link }: { link: ResultLink }) =>
  unbrokenTexts(
    <>
      <p>{SHARE_WORDS.link.contents(contentsOf(link.kept))}</p>
      {link.rounded.length > 0 && <p>{SHARE_WORDS.link.rounded(link.rounded)}</p>}
      {link.mostLeftOut.length > 0 && <p>{SHARE_WORDS.link.leavesOut(link.mostLeftOut)}</p>}
    </>,
  );
