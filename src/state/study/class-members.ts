/** Those who hand in a study come and go, with their adapters. */
import { ADAPTER_NAMES } from '../../share/adapter/messages.ts';
import { withAdapters, type AdaptersStore, type ExtraAdapter } from '../adapters/adapters-store.ts';
import { unusedName } from './config-edit.ts';
import type { ClassroomStore, HandedIn } from './classroom.ts';

/** "results/anna.study.zip" → "anna.study" */
const nameOf = (path: string): string => (path.split('/').pop() ?? path).replace(/\.(zip|json)$/i, '') || path;

/**
 * Adds studies to the class, and their adapters to the available ones, where the adapters panel can merge them. Studies already in the class are
 * skipped.
 */
export function joinClass(classroom: ClassroomStore, adapters: AdaptersStore, handedIn: readonly HandedIn[]): void {
  let { students } = classroom.getState();
  const extras: ExtraAdapter[] = [];
  for (const { path, result, adapters: own, fingerprint } of handedIn) {
    if (students.some((student) => student.fingerprint === fingerprint)) continue;
    const name = unusedName(
      students.map((student) => student.name),
      nameOf(path),
    );
    students = [...students, { name, path, result, adapters: own, fingerprint }];
    for (const { armId, armName, seed, layout, scale, values, base } of own) {
      const arm = result.config.arms.find(({ id }) => id === armId);
      extras.push({
        id: `class/${name}/${armId}/${seed}`,
        kind: 'opened',
        name: `${name} · ${ADAPTER_NAMES.run(armName, seed)}`,
        layout,
        scale,
        values,
        base,
        backbone: result.config.backbone,
        trainedFor: null,
        provenance: { kind: 'file', file: path, baseModel: null, copra: arm ? { kind: 'run', arm, seed } : null },
        classes: result.task.classes,
        warnings: [],
      });
    }
  }
  classroom.setState({ students });
  adapters.setState((state) => withAdapters(state, { extras: [...state.extras, ...extras] }));
}

/** Ends the class: removes its studies and their adapters; merges of them stay. */
export function leaveClass(classroom: ClassroomStore, adapters: AdaptersStore): void {
  classroom.setState({ students: [] });
  adapters.setState((state) =>
    withAdapters(state, { extras: state.extras.filter(({ id }) => !id.startsWith('class/')) }),
  );
}
