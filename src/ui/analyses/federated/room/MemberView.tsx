/** A page that has joined: where, what it trains on, what it sends, and how far it is. */
import { ProgressBar } from 'react-aria-components';
import { shownTask } from '../../../../data/bundled/task-names.ts';
import type { MemberState } from '../../../../state/room/room-state.ts';
import { isInClass } from '../../../../state/room/room-store.ts';
import { problemText } from '../../../../study/classroom/device-problem.ts';
import { integer } from '../../../../core/number-format.ts';
import { Button } from '../../../controls/Button.tsx';
import { ErrorText } from '../../../controls/ErrorText.tsx';
import live from '../../../live/live.module.css';
import { CopyField } from '../../../share/CopyField.tsx';
import { QrCode } from '../../../share/QrCode.tsx';
import { ROOM_WORDS } from './messages.ts';
import { unbroken } from '../../../unbroken.ts';
import css from './room.module.css';

function statusText({ status, code, study, round }: MemberState): string {
  const words = ROOM_WORDS.member.status;
  switch (status) {
    case 'looking':
      return code ? words.looking(code) : words.preparing;
    case 'answering':
      return words.answering;
    case 'unreached':
      return words.unreached;
    case 'waiting':
      return study ? words.between(round === null ? null : round + 1, study.rounds) : words.waiting;
    case 'training':
      return words.training((round ?? 0) + 1, study?.rounds ?? 0);
    case 'answered':
      return words.answered((round ?? 0) + 1);
    case 'over':
      return words.over;
    case 'returning':
      return code ? words.gone(code) : words.returning;
    case 'lost':
      return words.lost;
    case 'dismissed':
      return code ? words.closed(code) : words.dismissed;
    case 'full':
      return words.full;
    case 'version':
      return words.version;
    case 'sent-away':
      return words.sentAway;
    case 'no-invitation':
      return words.noInvitation;
    case 'failed':
      return words.failed;
    default:
      return status satisfies never;
  }
}

const kilobytes = (bytes: number): string => integer(Math.round(bytes / 1000));

export function MemberView({ member }: { readonly member: MemberState }) {
  const { name, client, study, status, share, answers, sent, received, hasOwnImages, images, problem, answer, code } =
    member;
  const { deviceWait } = member;
  const words = ROOM_WORDS.member;
  return (
    <>
      <p className={css.headline} role="status">
        {statusText(member)}
      </p>
      {status === 'unreached' && <p className={css.note}>{words.whenUnreached}</p>}
      {answer !== '' && (
        <>
          <p className={css.step}>{words.bring}</p>
          <div className={css.scan}>
            <QrCode text={answer} label={words.qr} />
            <CopyField label={words.answer} text={answer} lines={4} />
          </div>
        </>
      )}
      {isInClass(member) && (
        <ProgressBar aria-label={words.progress} value={100 * share} className={live.bar}>
          <span className={live.barFill} style={{ width: `${100 * share}%` }} />
        </ProgressBar>
      )}
      {deviceWait !== null && (
        <p className={css.note} role="status">
          {deviceWait}
        </p>
      )}
      {problem && <ErrorText>{problemText(problem)}</ErrorText>}
      <dl className={css.known}>
        <dt>{words.as}</dt>
        <dd>{client === null ? name : words.asClient(name, client + 1)}</dd>
        {code !== '' && (
          <>
            <dt>{words.room}</dt>
            <dd>{code}</dd>
          </>
        )}
        <dt>{words.trainsOn}</dt>
        <dd>
          {hasOwnImages
            ? words.ownImages(images)
            : words.part(study && shownTask(study.task.id, study.task.name), images)}
        </dd>
        <dt>{words.sends}</dt>
        <dd>{unbroken(words.sent(answers, kilobytes(sent), kilobytes(received)))}</dd>
      </dl>
      <p className={css.note}>{words.privacy}</p>
      <div className={css.row}>
        <Button onPress={member.leave}>{words.leave}</Button>
      </div>
    </>
  );
}
