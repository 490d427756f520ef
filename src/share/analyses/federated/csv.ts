/** Federated training as CSV: the figures of every round, the errors of every layer, and which client held which images. */
import type { StudyResult } from '../../../study/result/result.ts';
import { csv } from '../../csv/csv.ts';

type Federated = Pick<StudyResult, 'federated'>;

/** One row per arm, seed, rule and round; bytes are those of all clients of a round together. */
export function federatedCsv({ federated }: Federated): string {
  const rows = (federated?.runs ?? []).flatMap(({ arm, seed, rule, accuracy, loss, drift, movement, down, up }) =>
    accuracy.map((value, i) => [
      ...[arm, seed, rule, i + 1, value, loss[i] ?? null],
      ...[drift[i] ?? null, movement[i] ?? null, down, up],
    ]),
  );
  const head = ['arm', 'seed', 'rule', 'round', 'accuracy', 'loss'];
  return csv([...head, 'drift', 'movement', 'bytes_down', 'bytes_up'], rows);
}

/** One row per arm, seed, rule, round and layer: ‖E‖/‖Σ pₖBₖAₖ‖. */
export function federatedErrorCsv({ federated }: Federated): string {
  const rows = (federated?.runs ?? []).flatMap(({ arm, seed, rule, players, error }) =>
    error.flatMap((layers, round) =>
      layers.map((value, i) => [arm, seed, rule, round + 1, players[i].tower, players[i].layer + 1, value]),
    ),
  );
  return csv(['arm', 'seed', 'rule', 'round', 'tower', 'layer', 'relative_error'], rows);
}

/** One row per arm, seed, rule, round and client of a class; bytes are those of the round's messages, to all devices and from them. */
export function federatedAttendanceCsv({ federated }: Federated): string {
  const rows = (federated?.runs ?? []).flatMap(({ arm, seed, rule, attendance }) =>
    (attendance?.rounds ?? []).flatMap(({ asked, took, images, down, up }, round) =>
      (attendance?.names ?? []).map((name, client) => {
        const place = took.indexOf(client);
        const own = [Number(asked.includes(client)), Number(place >= 0), place < 0 ? null : images[place]];
        return [arm, seed, rule, round + 1, client + 1, name, ...own, down, up];
      }),
    ),
  );
  const head = ['arm', 'seed', 'rule', 'round', 'client', 'name', 'asked', 'took_part', 'training_images'];
  return csv([...head, 'bytes_down', 'bytes_up'], rows);
}

/** One row per seed, client and class or style. */
export function federatedClientsCsv({ federated }: Federated): string {
  const rows = (federated?.partitions ?? []).flatMap(({ seed, kind, kinds, counts }) =>
    counts.flatMap((ofClient, client) =>
      ofClient.map((count, i) => [seed, client + 1, kind === 'style' ? 'style' : 'class', kinds[i], count]),
    ),
  );
  return csv(['seed', 'client', 'kind', 'name', 'training_images'], rows);
}
