/** What a command does with an adapter that was trained for another backbone than the one it is read for. */
import { otherBackboneNote, type TrainedFor } from '../../src/share/adapter/trained-for.ts';

/**
 * @param from the adapter's folder or file. @param backbone that it is read for. @param isAsked whether the command line names that backbone
 * @throws Error where nobody asked for that backbone, and it is certain that the adapter is of another one
 */
export function checkBackbone(from: string, other: TrainedFor | null, backbone: string, isAsked: boolean): void {
  if (!other) return;
  const note = `${from}: ${otherBackboneNote(other, backbone)}`;
  if (!isAsked && other.isCertain) throw new Error(`${note} Name the backbone that you want with --backbone.`);
  console.warn(note);
}
