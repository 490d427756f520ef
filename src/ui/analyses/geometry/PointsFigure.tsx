import { PART_WORDS } from '../../../lessons/part-words.ts';
import { use, useMemo, useState } from 'react';
import { subCloud } from '../../../copra/geometry/distances.ts';
import { relationsOf, type Relation } from '../../../copra/geometry/relations.ts';
import { UNREAD, withSentence } from '../../../study/readings/words.ts';
import { geometryReading } from './geometry-caption.ts';
import { geometryCsv } from '../../../share/analyses/geometry/csv.ts';
import { largestPerplexity, LEAST_POINTS } from '../../../state/embedding/request.ts';
import type { GeometryResult } from '../../../study/analyses/geometry/result.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import { ChartFigure } from '../../charts/ChartFigure.tsx';
import { EmbeddedContext } from '../../charts/figure-contexts.ts';
import { Segmented } from '../../controls/Segmented.tsx';
import { comesUnlessDora, joined, withoutDora } from '../../results/left-out.ts';
import { joinMeta } from '../../results/figure-meta.ts';
import { matrixPlot, matrixTable, trainedPoints, type Space } from './matrix-plot.ts';
import stack from '../../results/measures-table.module.css';
import { EmbeddingSettings } from './EmbeddingSettings.tsx';
import { GEOMETRY_WORDS } from './messages.ts';
import { PathLegend } from './PathLegend.tsx';
import { pointsPlot } from './points-plot.ts';
import { RelationsTable } from './RelationsTable.tsx';
import { useEmbedding } from './use-embedding.ts';

const VIEWS = ['points', 'distance', 'cosine'] as const;
type View = (typeof VIEWS)[number];

/** Updates first: factors of one seed are near one another whatever they learned, because they began alike. */
const SPACES = ['updates', 'factors'] as const satisfies readonly Space[];

const USUAL_PERPLEXITY = 10;
const HEIGHT = 420;

/** Of the trained adapters, in both spaces. */
function trainedRelations(geometry: GeometryResult): Record<Space, readonly Relation[]> {
  const kept = trainedPoints(geometry.points);
  const points = kept.map((i) => geometry.points[i]);
  const of = (space: Space) => relationsOf(points, subCloud(geometry[space], kept));
  return { factors: of('factors'), updates: of('updates') };
}

/** The adapters of all runs relative to one another. */
export function PointsFigure({ result }: { result: StudyResult }) {
  const { geometry, config } = result;
  const embedded = use(EmbeddedContext);
  const [wanted, setView] = useState<View>('points');
  const [space, setSpace] = useState<Space>(SPACES[0]);
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
  const relations = useMemo(() => geometry && trainedRelations(geometry), [geometry]);
  const table = useMemo(() => matrixTable({ config }, geometry), [config, geometry]);
  const nameOf = (arm: string): string => config.arms.find(({ id }) => id === arm)?.name ?? arm;
  const rates = new Set(config.arms.map(({ learningRate }) => learningRate)).size;
  const left = withoutDora(result, GEOMETRY_WORDS.distances);
  const reading = relations
    ? withSentence(
        geometryReading(relations[space], space, nameOf),
        joined(few ? GEOMETRY_WORDS.tooFew(LEAST_POINTS, count) : '', left),
      )
    : UNREAD;
  const views = few ? VIEWS.filter((id) => id !== 'points') : VIEWS;
  return (
    <div className={stack.stack} data-embedded={embedded}>
      <ChartFigure
        title={PART_WORDS.points}
        help={
          <>
            <p>{GEOMETRY_WORDS.help.vectors}</p>
            <p>{joined(GEOMETRY_WORDS.help.runs, rates > 1 ? GEOMETRY_WORDS.help.rates : '')}</p>
            <p>{GEOMETRY_WORDS.help.factors}</p>
          </>
        }
        message={relations ? GEOMETRY_WORDS.message[space] : ''}
        {...reading}
        meta={
          geometry
            ? joinMeta(GEOMETRY_WORDS.adapters(count), view === 'points' ? GEOMETRY_WORDS.embedding(used, seed) : '')
            : ''
        }
        legend={
          view === 'points' ? (
            <>
              <PathLegend config={config} seeds={config.seeds} arms />
              {geometry && (
                <EmbeddingSettings
                  {...{ seed, error }}
                  perplexity={used}
                  largestPerplexity={most}
                  onPerplexity={setPerplexity}
                  onSeed={setSeed}
                />
              )}
            </>
          ) : null
        }
        controls={
          <>
            <Segmented
              label={GEOMETRY_WORDS.spaces.label}
              value={space}
              options={SPACES.map((id) => ({ id, name: GEOMETRY_WORDS.spaces[id] }))}
              onChange={setSpace}
            />
            <Segmented
              label={GEOMETRY_WORDS.views.label}
              value={view}
              options={views.map((id) => ({ id, name: GEOMETRY_WORDS.views[id] }))}
              onChange={setView}
            />
          </>
        }
        build={build}
        isHeld={geometry !== undefined}
        empty={
          config.analyses.geometry?.enabled
            ? comesUnlessDora(result, GEOMETRY_WORDS.distances, GEOMETRY_WORDS.awaited)
            : GEOMETRY_WORDS.off
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
