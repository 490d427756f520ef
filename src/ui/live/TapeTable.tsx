import { PART_WORDS } from '../../lessons/part-words.ts';
import { DataTable } from '../charts/DataTable.tsx';
import { tapeTable, type Tapes } from './tape-table.ts';

export const TapeTable = (tapes: Tapes) => <DataTable data={tapeTable(tapes)} caption={PART_WORDS.tape} />;
