/** Lists of layers as stored in sections 4 and 9. */
import type { Player } from '../../../core/adapter-layout.ts';
import type { Reader } from '../binary.ts';
import type { CodedWriter } from '../coded-io.ts';
import { MAX_POINTS, readName } from './context.ts';

/** By position in the link: append only. */
const TOWERS = ['vision', 'text'] as const;

export function writePlayers(writer: CodedWriter, players: readonly Player[]): void {
  writer.varint(players.length);
  for (const { tower, layer } of players) {
    writer.u8(TOWERS.indexOf(tower));
    writer.varint(layer);
  }
}

/** @param what name of the length in errors. @throws BinaryError when the data ends or names no tower. */
export const readPlayers = (reader: Reader, what: string): Player[] =>
  Array.from({ length: reader.count(MAX_POINTS, what) }, () => ({
    tower: readName(reader, TOWERS, 'A tower'),
    layer: reader.varint('a layer'),
  }));
