/** Settings of where adapters lie: aligned paths, training images, plane, distances. Most studies do without. */
import { counted } from '../../core/counted.ts';
import type { StudyConfig } from '../../study/config/config.ts';
import { PLANE } from '../../study/presets/geometry.ts';
import { DEFAULT_SNAPSHOTS } from '../../study/run/snapshots.ts';
import { useEditConfig, useStudy } from '../context.ts';
import { NumberInput } from '../controls/NumberInput.tsx';
import { SettingRow } from '../controls/Setting.tsx';
import { Toggle } from '../controls/Toggle.tsx';
import css from './study.module.css';

type Analyses = StudyConfig['analyses'];

const TRAIN_IMAGES = 256;

function useAnalyses(): [Analyses, (patch: Partial<Analyses>) => void] {
  const analyses = useStudy((state) => state.config.analyses);
  const edit = useEditConfig();
  return [analyses, (patch) => edit((old) => ({ ...old, analyses: { ...old.analyses, ...patch } }))];
}

/** What the landscape is measured with besides. */
export function LandscapeSettings() {
  const [{ landscape }, change] = useAnalyses();
  const { alignments = [], trainImages } = landscape;
  const set = (patch: Partial<Analyses['landscape']>) => change({ landscape: { ...landscape, ...patch } });
  return (
    <div className={css.nested}>
      <SettingRow
        label="Aligned factors"
        help="The factor path also after the factors of the second seed were brought near to those of the first: rotated, and by the best invertible P. The updates stay as they are."
        defaultText="off"
        onReset={alignments.length > 0 ? () => set({ alignments: undefined }) : null}
      >
        <Toggle
          label="Landscape with aligned factors"
          value={alignments.length > 0}
          onChange={(on) => set({ alignments: on ? ['orthogonal', 'invertible'] : undefined })}
        />
      </SettingRow>
      <SettingRow
        label="Training images"
        help="All paths also on the first of the training images, without augmentation. Barriers there tell a gap of generalisation from one of optimisation."
        defaultText="off"
        onReset={trainImages !== undefined ? () => set({ trainImages: undefined }) : null}
      >
        <span className={css.inline}>
          {trainImages !== undefined && (
            <NumberInput
              label="Training images of the landscape"
              value={trainImages}
              min={1}
              max={100000}
              onChange={(count) => set({ trainImages: Math.round(count) })}
            />
          )}
          <Toggle
            label="Landscape on training images"
            value={trainImages !== undefined}
            onChange={(on) => set({ trainImages: on ? TRAIN_IMAGES : undefined })}
          />
        </span>
      </SettingRow>
    </div>
  );
}

/** The plane and the distances, each with its switch. @param points of all grids together */
export function GeometryAnalyses({ points }: { points: number }) {
  const [{ plane, geometry, snapshots }, change] = useAnalyses();
  const planes = plane?.enabled ?? false;
  const distances = geometry?.enabled ?? false;
  return (
    <>
      <div className={css.analysis}>
        <SettingRow
          label="Plane"
          help="Accuracy and loss over the plane through three adapters of an arm, or through two and the backbone."
          defaultText="off"
          onReset={planes ? () => change({ plane: undefined }) : null}
        >
          <Toggle
            label="Plane"
            value={planes}
            onChange={(on) => change({ plane: on ? { ...(plane ?? PLANE), enabled: true } : undefined })}
          />
        </SettingRow>
        {planes && plane && (
          <>
            <p className={css.cost}>{counted(points, 'evaluation')}</p>
            <div className={css.nested}>
              <SettingRow
                label="Points per side"
                help="The grid is a square: twice as many points per side take four times as long."
                defaultText={String(PLANE.grid)}
                onReset={plane.grid !== PLANE.grid ? () => change({ plane: PLANE }) : null}
              >
                <NumberInput
                  label="Plane: points per side"
                  value={plane.grid}
                  min={3}
                  max={51}
                  step={1}
                  onChange={(grid) => change({ plane: { ...plane, grid: Math.round(grid) } })}
                />
              </SettingRow>
            </div>
          </>
        )}
      </div>
      <div className={css.analysis}>
        <SettingRow
          label="Distances"
          help="Distances and angles between the adapters of all runs, as factors and as updates, and a picture of them (t-SNE)."
          defaultText="off"
          onReset={distances ? () => change({ geometry: undefined }) : null}
        >
          <Toggle
            label="Distances"
            value={distances}
            onChange={(on) => change({ geometry: on ? { enabled: true } : undefined })}
          />
        </SettingRow>
        {(planes || distances) && (
          <div className={css.nested}>
            <SettingRow
              label="Adapters per run"
              help="How many adapters of a run are kept, equally spaced from its first to its trained one. Plane and distances show the way between them."
              defaultText={String(DEFAULT_SNAPSHOTS)}
              onReset={snapshots !== undefined ? () => change({ snapshots: undefined }) : null}
            >
              <NumberInput
                label="Adapters followed per run"
                value={snapshots ?? DEFAULT_SNAPSHOTS}
                min={2}
                max={65}
                step={1}
                onChange={(count) => change({ snapshots: Math.round(count) })}
              />
            </SettingRow>
          </div>
        )}
      </div>
    </>
  );
}
