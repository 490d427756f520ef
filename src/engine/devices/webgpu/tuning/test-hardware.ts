/** A device with what WebGPU promises and nothing else, for tests of forms. */
import type { Hardware } from './forms.ts';

export const LEAST: Hardware = {
  software: false,
  subgroup: null,
  subgroups: false,
  sizes: [],
  slowWorkgroups: false,
  invocations: 256,
  workgroupBytes: 16384,
};
