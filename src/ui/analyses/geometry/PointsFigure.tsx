import { SEEN } from '../../../copra/readings/seen.ts';
import { counted } from '../../../core/counted.ts';
import { use, useMemo, useState } from 'react';
import { subCloud } from '../../../copra/geometry/distances.ts';
import { relationsOf } from '../../../copra/geometry/relations.ts';
import { geometryReading } from '../../../copra/readings/geometry.ts';
import { geometryCsv } from '../../../share/analyses/geometry/csv.ts';
import { largestPerplexity, LEAST_POINTS } from '../../../state/embedding/request.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import { ChartFigure } from '../../charts/ChartFigure.tsx';
import { EmbeddedContext } from '../../charts/figure-contexts.ts';
import { NumberInput } from '../../controls/NumberInput.tsx';
import { Segmented } from '../../controls/Segmented.tsx';
import { comesUnlessDora, withoutDora } from '../../results/left-out.ts';
import { joinMeta } from '../../results/figure-meta.ts';
import { matrixPlot, matrixTable, trainedPoints, type Space } from './matrix-plot.ts';
import stack from '../../results/measures-table.module.css';
import css from './geometry.module.css';
import { PathLegend } from './PathLegend.tsx';
import { pointsPlot } from './points-plot.ts';
import { RelationsTable } from './RelationsTable.tsx';
import { useEmbedding } from './use-embedding.ts';

const VIEWS = [
  { id: 'points', name: 't-SNE' },
  { id: 'distance', name: 'Distance' },
  { id: 'cosine', name: 'Cosine' },
] as const;
type View = (typeof VIEWS)[number]['id'];

const SPACES = [
  { id: 'factors', name: 'A and B' },
  { id: 'updates', name: 'ΔW' },
] as const;

const USUAL_PERPLEXITY = 10;
const HEIGHT = 420;

/** The adapters of all runs relative to one another. */
export function PointsFigure({ result }: { result: StudyResult }) {
  const { geometry, config } = result;
  const embedded = use(EmbeddedContext);
  const [wanted, setView] = useState<View>('points');
  const [space, setSpace] = useState<Space>('factors');
  const [perplexity, setPerplexity] = useState(USUAL_PERPLEXITY);
  const [seed, setSeed] = useState(0);
  const count = geometry?.points.length ?? 0;
  const few = count > 0 && count < LEAST_POINTS;
  const view = few && wanted === 'points' ? 'distance' : wanted;
  const most = largestPerplexity(count);
  const used = Math.min(perplexity, most);
  const request = useMemo(
    () =>
      geometry && view === 'points' && !few
        ? { points: geometry.points.length, distances: geometry[space].distances, perplexity: used, seed }
        : null,
    [geometry, view, few, space, used, seed],
  );
  const { embedding, error } = useEmbedding(request);
  const build = useMemo(() => {
    if (!geometry) return null;
    if (view !== 'points') return matrixPlot({ config }, geometry, { space, measure: view });
    return embedding?.length === geometry.points.length ? pointsPlot(geometry.points, config, embedding) : null;
  }, [geometry, config, view, space, embedding]);
  const relations = useMemo(() => {
    if (!geometry) return null;
    const kept = trainedPoints(geometry.points);
    const points = kept.map((i) => geometry.points[i]);
    const of = (name: Space) => relationsOf(points, subCloud(geometry[name], kept));
    return { factors: of('factors'), updates: of('updates') };
  }, [geometry]);
  const table = useMemo(() => matrixTable({ config }, geometry), [config, geometry]);
  const nameOf = (arm: string): string => config.arms.find(({ id }) => id === arm)?.name ?? arm;
  const rates = new Set(config.arms.map(({ learningRate }) => learningRate)).size;
  const left = withoutDora(result, 'the distances between adapters');
  const views = few ? VIEWS.filter(({ id }) => id !== 'points') : VIEWS;
  return (
    <div className={stack.stack} data-embedded={embedded}>
      <ChartFigure
        title="Adapters as points"
        help={
          <>
            <p>
              Every adapter is one long vector: of all its A and B, or of all its updates ΔW = s·B·A. t-SNE puts vectors
              with small distances near one another. It keeps neighbourhoods, not distances: the size of a gap or of a
              group means nothing, and another perplexity or seed draws another picture. The matrices show the distances
              and angles themselves.
            </p>
            <p>
              Equal seeds begin with the same A and with B = 0, so runs of all arms start in one place per seed. Points
              of a run are joined in the order of its steps; the trained adapter is the large one.
              {rates > 1 ? ' The larger it is, the higher the learning rate of its arm.' : ''}
            </p>
            <p>
              A and B are not unique: B·P and P⁻¹·A are the same update. Runs of one seed have the start of A in common,
              which brings them together in A and B whatever they learned; ΔW does not have this.
            </p>
          </>
        }
        message={relations ? SEEN.points : ''}
        reading={
          relations
            ? geometryReading(relations[space], nameOf, config.seeds.length) +
              (few ? ` t-SNE needs ${counted(LEAST_POINTS, 'adapter')}; the study has ${count}.` : '') +
              (left && ` ${left}`)
            : ''
        }
        meta={
          geometry
            ? joinMeta(counted(count, 'adapter'), view === 'points' ? `t-SNE, perplexity ${used}, seed ${seed}` : '')
            : ''
        }
        legend={
          view === 'points' ? (
            <>
              <PathLegend config={config} seeds={config.seeds} arms />
              {geometry && (
                <div className={css.settings}>
                  <span className={css.setting}>
                    Perplexity
                    <NumberInput
                      label="t-SNE: perplexity"
                      value={used}
                      min={2}
                      max={most}
                      step={1}
                      onChange={setPerplexity}
                    />
                  </span>
                  <span className={css.setting}>
                    Seed of the picture
                    <NumberInput label="t-SNE: seed" value={seed} min={0} max={9999} step={1} onChange={setSeed} />
                  </span>
                  {error && <span role="alert">{error}</span>}
                </div>
              )}
            </>
          ) : null
        }
        controls={
          <>
            <Segmented label="Adapters as points: vectors of" value={space} options={SPACES} onChange={setSpace} />
            <Segmented label="Adapters as points: view" value={view} options={views} onChange={setView} />
          </>
        }
        build={build}
        empty={
          config.analyses.geometry?.enabled
            ? comesUnlessDora(
                result,
                'the distances between adapters',
                'Where the adapters of all runs lie to one another appears here when training is done.',
              )
            : 'Switch on Distances under Analyses, or choose the preset Geometry, to see where adapters lie to one another.'
        }
        height={geometry ? HEIGHT : 120}
        table={table}
        csv={() => geometryCsv(result)}
        fileName="copra-geometry"
      />
      {relations && embedded !== 'fill' && (
        <RelationsTable factors={relations.factors} updates={relations.updates} nameOf={nameOf} />
      )}
    </div>
  );
}
