import type { RoomDevice } from '../../../../state/room/room-state.ts';
import { problemText } from '../../../../study/classroom/device-problem.ts';
import { Bar } from '../../../controls/Bar.tsx';
import { IconButton } from '../../../controls/Button.tsx';
import { CloseIcon } from '../../../controls/icons.tsx';
import { ROOM_WORDS } from './messages.ts';
import css from './room.module.css';

function doing({ status, share, round, client }: RoomDevice, clients: number): string {
  const words = ROOM_WORDS.devices;
  if (client >= clients) return words.superfluous(clients);
  switch (status) {
    case 'training':
      return words.training(Math.round(100 * share), (round ?? 0) + 1);
    case 'answered':
      return words.answered((round ?? 0) + 1);
    case 'waiting':
      return words.waiting;
    case 'gone':
      return words.gone;
    default:
      return status satisfies never;
  }
}

/** Who is in the class, and what each does. */
export function DevicesTable({
  devices,
  clients,
  remove,
}: {
  readonly devices: readonly RoomDevice[];
  readonly clients: number;
  readonly remove: (id: string) => void;
}) {
  const words = ROOM_WORDS.devices;
  if (devices.length === 0) return <p className={css.note}>{words.none}</p>;
  return (
    <div className={css.list}>
      <ul className={css.devices} aria-label={words.title}>
        {devices.map((device) => (
          <li key={device.id} data-gone={device.status === 'gone' || undefined}>
            <span className={css.client}>{words.client(device.client + 1)}</span>
            <span className={css.name}>{device.name}</span>
            <span className={css.doing}>
              {doing(device, clients)}
              {device.status === 'training' && <Bar share={device.share} />}
            </span>
            <span className={css.facts}>
              {(device.hasOwnImages ? words.own : words.part)(device.images)} · {words.ways[device.way]}
              {device.problem && <span className={css.problem}>{words.problem(problemText(device.problem))}</span>}
            </span>
            {device.status === 'gone' ? (
              <span />
            ) : (
              <IconButton name={words.remove(device.name)} onPress={() => remove(device.id)}>
                <CloseIcon />
              </IconButton>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}
