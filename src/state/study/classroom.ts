/** Studies kept beside the one on the page: those of a class, handed in together, and one that could be united with the page's study. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { StudyFileAdapter } from '../../share/study-file/study-file.ts';
import type { StudyResult } from '../../study/result/result.ts';

export interface Student {
  /** Derived from the file name; unique in the class. */
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
  /** A file that differs from the study on the page in its seeds only, until the reader decides what to do with it. */
  readonly offer: HandedIn | null;
}

export type ClassroomStore = StoreApi<ClassroomState>;

export const createClassroomStore = (): ClassroomStore => createStore(() => ({ students: [], offer: null }));
