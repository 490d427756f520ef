/** What configurations and results hold of every analysis: its settings, and what it finds. */
import * as v from 'valibot';
import { DomainsResultSchema } from './domains/result.ts';
import { DomainsSchema, DOMAINS_SETTINGS } from './domains/settings.ts';
import { FederatedResultSchema } from './federated/result.ts';
import { FederatedSchema, FEDERATED_SETTINGS } from './federated/settings.ts';
import { GeometryResultSchema } from './geometry/result.ts';
import { GeometrySchema, GEOMETRY_SETTINGS } from './geometry/settings.ts';
import { LandscapeResultSchema } from './landscape/result.ts';
import { LandscapeSchema, LANDSCAPE_SETTINGS } from './landscape/settings.ts';
import { MergingResultSchema } from './merging/result.ts';
import { MergingSchema, MERGING_SETTINGS } from './merging/settings.ts';
import { MultitaskResultSchema } from './multitask/result.ts';
import { MultitaskSchema, MULTITASK_SETTINGS } from './multitask/settings.ts';
import { PlaneResultSchema } from './plane/result.ts';
import { PlaneSchema, PLANE_SETTINGS } from './plane/settings.ts';
import { PruningResultSchema } from './pruning/result.ts';
import { PruningSchema, PRUNING_SETTINGS } from './pruning/settings.ts';
import { ShapleyResultSchema } from './shapley/result.ts';
import { ShapleySchema, SHAPLEY_SETTINGS } from './shapley/settings.ts';
import { SharpnessResultSchema } from './sharpness/result.ts';
import { SharpnessSchema, SHARPNESS_SETTINGS } from './sharpness/settings.ts';
import { SpectraResultSchema } from './spectra/result.ts';
import { SpectraSchema, SPECTRA_SETTINGS } from './spectra/settings.ts';
import { TimelineResultSchema } from './timeline/result.ts';
import { TimelineSchema, TIMELINE_SETTINGS } from './timeline/settings.ts';
import { TimingResultSchema } from './timing/result.ts';
import { TimingSchema, TIMING_SETTINGS } from './timing/settings.ts';

/** Their settings as rows, in the order in which analyses run. */
export const ANALYSIS_ROWS = {
  landscape: LANDSCAPE_SETTINGS,
  timeline: TIMELINE_SETTINGS,
  timing: TIMING_SETTINGS,
  plane: PLANE_SETTINGS,
  geometry: GEOMETRY_SETTINGS,
  spectra: SPECTRA_SETTINGS,
  sharpness: SHARPNESS_SETTINGS,
  shapley: SHAPLEY_SETTINGS,
  pruning: PRUNING_SETTINGS,
  domains: DOMAINS_SETTINGS,
  merging: MERGING_SETTINGS,
  federated: FEDERATED_SETTINGS,
  multitask: MULTITASK_SETTINGS,
};

/** Their entries in a configuration. */
export const ANALYSIS_CONFIGS = {
  landscape: LandscapeSchema,
  shapley: ShapleySchema,
  pruning: PruningSchema,
  // Absent means off, as in configurations older than the analysis.
  merging: v.optional(MergingSchema),
  federated: v.optional(FederatedSchema),
  multitask: v.optional(MultitaskSchema),
  plane: v.optional(PlaneSchema),
  geometry: v.optional(GeometrySchema),
  domains: v.optional(DomainsSchema),
  spectra: v.optional(SpectraSchema),
  sharpness: v.optional(SharpnessSchema),
  timeline: v.optional(TimelineSchema),
  timing: v.optional(TimingSchema),
};

/** Their entries in a result. */
export const ANALYSIS_RESULTS = {
  landscape: v.array(LandscapeResultSchema),
  shapley: v.array(ShapleyResultSchema),
  pruning: v.array(PruningResultSchema),
  // Absent without the analysis.
  merging: v.optional(v.array(MergingResultSchema)),
  federated: v.optional(FederatedResultSchema),
  multitask: v.optional(MultitaskResultSchema),
  planes: v.optional(v.array(PlaneResultSchema)),
  geometry: v.optional(GeometryResultSchema),
  domains: v.optional(DomainsResultSchema),
  spectra: v.optional(v.array(SpectraResultSchema)),
  sharpness: v.optional(v.array(SharpnessResultSchema)),
  timeline: v.optional(TimelineResultSchema),
  timing: v.optional(v.array(TimingResultSchema)),
};
