/** Studies kept beside the one on the page: those of one class, handed in together, and one that could be united with it. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { StudyFileAdapter } from '../../share/study-file/study-file.ts';
import type { StudyResult } from '../../study/result/result.ts';
import type { AdaptersStore, ExtraAdapter } from '../adapters/adapters-store.ts';

export interface Student {
  /** From the name of the file; unique in the class. */
  readonly name: string;
  readonly result: StudyResult;
}

export interface HandedIn {
  readonly path: string;
  readonly result: StudyResult;
  readonly adapters: readonly StudyFileAdapter[];
  /** Equal for equal results. */
  readonly fingerprint: string;
}

export interface ClassMember extends Student, HandedIn {}

export interface ClassroomState {
  readonly students: readonly ClassMember[];
  /** A file that differs from the study on the page in its seeds, until the reader says what is to become of it. */
  readonly offer: HandedIn | null;
}

export type ClassroomStore = StoreApi<ClassroomState>;

export const createClassroomStore = (): ClassroomStore => createStore(() => ({ students: [], offer: null }));

/** "results/anna.study.zip" → "anna.study" */
const nameOf = (path: string): string => (path.split('/').pop() ?? path).replace(/\.(zip|json)$/i, '') || path;

function unused(name: string, taken: ReadonlySet<string>): string {
  for (let n = 1; ; n++) {
    const candidate = n === 1 ? name : `${name} (${n})`;
    if (!taken.has(candidate)) return candidate;
  }
}

/** Adds studies to the class and their adapters to those at hand, where the adapters panel merges them. A study that is there already is not added again. */
export function joinClass(classroom: ClassroomStore, adapters: AdaptersStore, handedIn: readonly HandedIn[]): void {
  let { students } = classroom.getState();
  const extras: ExtraAdapter[] = [];
  for (const { path, result, adapters: own, fingerprint } of handedIn) {
    if (students.some((student) => student.fingerprint === fingerprint)) continue;
    const name = unused(nameOf(path), new Set(students.map((student) => student.name)));
    students = [...students, { name, path, result, adapters: own, fingerprint }];
    for (const { armId, armName, seed, layout, scale, values, base } of own) {
      const arm = result.config.arms.find(({ id }) => id === armId);
      extras.push({
        id: `class/${name}/${armId}/${seed}`,
        kind: 'opened',
        name: `${name} · ${armName} · seed ${seed}`,
        layout,
        scale,
        values,
        base,
        backbone: result.config.backbone,
        provenance: { kind: 'file', file: path, baseModel: null, copra: arm ? { kind: 'run', arm, seed } : null },
        warnings: [],
      });
    }
  }
  classroom.setState({ students });
  adapters.setState((state) => ({ extras: [...state.extras, ...extras] }));
}

/** Ends the class: its studies go, and its adapters with them; what was merged of them stays. */
export function leaveClass(classroom: ClassroomStore, adapters: AdaptersStore): void {
  classroom.setState({ students: [] });
  adapters.setState((state) => ({ extras: state.extras.filter(({ id }) => !id.startsWith('class/')) }));
}
