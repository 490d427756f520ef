/** Federated training as CSV: the figures of every round, the errors of every layer, and which client held which images. */
import { nameIn, ownImages } from '../../../study/analyses/federated/attendance.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import { armsInTable, type NamedArms } from '../../csv/arms-in-table.ts';
import { csv } from '../../csv/csv.ts';

type Federated = Pick<StudyResult, 'federated'>;
type WithRuns = Federated & NamedArms;

/** One row per arm, seed, rule and round; bytes are those of all clients of a round together, norms ‖Σ pₖBₖAₖ‖ and ‖E‖ over all layers. */
export function federatedCsv(result: WithRuns): string {
  const nameOf = armsInTable(result);
  const rows = (result.federated?.runs ?? []).flatMap(
    ({ arm, seed, rule, accuracy, loss, drift, movement, norms, down, up }) =>
      accuracy.map((value, i) => [
        ...[nameOf(arm), seed, rule, i + 1, value, loss[i] ?? null],
        ...[drift[i] ?? null, movement[i] ?? null, down, up],
        ...[norms?.update[i] ?? null, norms?.error[i] ?? null],
      ]),
  );
  const head = ['arm', 'seed', 'rule', 'round', 'accuracy', 'loss'];
  return csv([...head, 'drift', 'movement', 'bytes_down', 'bytes_up', 'update_norm', 'error_norm'], rows);
}

/** One row per arm, seed, rule, round and layer: ‖E‖/‖Σ pₖBₖAₖ‖. */
export function federatedErrorCsv(result: WithRuns): string {
  const nameOf = armsInTable(result);
  const rows = (result.federated?.runs ?? []).flatMap(({ arm, seed, rule, players, error }) =>
    error.flatMap((layers, round) =>
      layers.map((value, i) => [nameOf(arm), seed, rule, round + 1, players[i].tower, players[i].layer + 1, value]),
    ),
  );
  return csv(['arm', 'seed', 'rule', 'round', 'tower', 'layer', 'relative_error'], rows);
}

/**
 * One row per arm, seed, rule, round and client of a class. `counts_as` is the number of images by which its answer was weighed, `own_images` how many of its own
 * it says it has, empty where it trained on its part of the study's; bytes are those of the round's messages, to all devices and from them.
 */
export function federatedAttendanceCsv(result: WithRuns): string {
  const nameOf = armsInTable(result);
  const rows = (result.federated?.runs ?? []).flatMap(({ arm, seed, rule, attendance }) => {
    if (!attendance) return [];
    return attendance.rounds.flatMap((told, round) =>
      attendance.names.map((last, client) => {
        const { asked, took, images, own, down, up } = told;
        const name = nameIn(attendance, told, client) ?? last;
        const place = took.indexOf(client);
        const presence = [Number(asked.includes(client)), Number(place >= 0)];
        const answer = place < 0 ? [null, null] : [images[place], own?.[place] ?? null];
        return [nameOf(arm), seed, rule, round + 1, client + 1, name, ...presence, ...answer, down, up];
      }),
    );
  });
  const head = ['arm', 'seed', 'rule', 'round', 'client', 'name', 'asked', 'took_part', 'counts_as', 'own_images'];
  return csv([...head, 'bytes_down', 'bytes_up'], rows);
}

/** One row per seed, client and class or style; of a client that trained on images of its own alone one row, with their number as its device says. */
export function federatedClientsCsv({ federated }: Federated): string {
  const rows = (federated?.partitions ?? []).flatMap(({ seed, kind, kinds, counts }) => {
    const own = ownImages({ runs: federated?.runs ?? [] }, seed).only;
    return counts.flatMap((ofClient, client) =>
      own.has(client)
        ? [[seed, client + 1, 'own_images', null, own.get(client) ?? null]]
        : ofClient.map((count, i) => [seed, client + 1, kind === 'style' ? 'style' : 'class', kinds[i], count]),
    );
  });
  return csv(['seed', 'client', 'kind', 'name', 'training_images'], rows);
}
