/** Accuracy of every class along the path, on request. */
import { shownClass } from '../../../../data/bundled/shown-classes.ts';
import { useMemo } from 'react';
import { columnSpreads } from '../../../../state/summary/summary.ts';
import { classPaths, pathPictures, type PathKind } from '../../../../study/analyses/landscape/path-pictures.ts';
import { testedImages } from '../../../../study/result/tested-images.ts';
import { armsInTable } from '../../../../share/csv/arms-in-table.ts';
import { csv, type Cell } from '../../../../share/csv/csv.ts';
import type { StudyResult } from '../../../../study/result/result.ts';
import { ChartFigure } from '../../../charts/ChartFigure.tsx';
import { Legend } from '../../../charts/Legend.tsx';
import { fixed, percentSpread } from '../../../format.ts';
import { imagesMeta, joinMeta, pairsMeta } from '../../../results/figure-meta.ts';
import { joined } from '../../../results/left-out.ts';
import { classPanels, classPathsHeight, classPathsPlot } from './class-paths-plot.ts';
import { PATH_PICTURES_WORDS } from './messages.ts';
import type { PathFigureParts } from './path-plot.ts';
import { noAnswers } from '../../../results/no-answers.ts';
import css from '../../../results/pictures/pictures.module.css';

/** Per arm, class and λ: the mean over pairs of seeds. */
function accuracies(result: PathFigureParts, kind: PathKind) {
  const tested = testedImages(result);
  return result.config.arms.flatMap(({ id, name }) => {
    const pictures = pathPictures(result, kind, id);
    if (!pictures) return [];
    return result.task.classes.flatMap((label, i) => {
      const own = classPaths(pictures, i, tested);
      if (!own) return [];
      return columnSpreads(own.accuracy).map((spread, point) => ({
        id,
        name,
        label,
        images: own.images,
        lambda: pictures.lambdas[point],
        spread,
      }));
    });
  });
}

export function ClassPaths({ result, kind }: { readonly result: StudyResult; readonly kind: PathKind }) {
  const { landscape, config, task } = result;
  const parts = useMemo(() => ({ landscape, config, task }), [landscape, config, task]);
  const panels = useMemo(() => classPanels(parts, kind), [parts, kind]);
  const build = useMemo(() => classPathsPlot(parts, kind, panels), [parts, kind, panels]);
  const height = useMemo(() => classPathsHeight(panels), [panels]);
  const rows = useMemo(() => accuracies(parts, kind), [parts, kind]);
  if (panels.length === 0) {
    return <p className={css.note}>{noAnswers(task, PATH_PICTURES_WORDS.classes.notKept)}</p>;
  }
  const images = panels.map((panel) => panel.images);
  const chosen = panels.length < task.classes.length ? PATH_PICTURES_WORDS.classes.chosen(panels.length) : '';
  return (
    <ChartFigure
      title={PATH_PICTURES_WORDS.classes.title}
      help={<p>{PATH_PICTURES_WORDS.classes.help}</p>}
      message={PATH_PICTURES_WORDS.classes.message}
      reading={joined(chosen, PATH_PICTURES_WORDS.classes.pictures(Math.min(...images), Math.max(...images)))}
      meta={joinMeta(
        imagesMeta(testedImages(result)),
        pairsMeta(new Set(landscape.map(({ seeds }) => seeds.join())).size),
      )}
      legend={<Legend arms={config.arms} />}
      build={build}
      empty=""
      height={height}
      table={{
        head: PATH_PICTURES_WORDS.classes.head,
        rows: rows.map(({ name, label, images: count, lambda, spread }) => [
          name,
          shownClass(config.task, label),
          String(count),
          fixed(lambda, 2),
          percentSpread(spread),
          String(spread.n),
        ]),
      }}
      csv={() =>
        csv(
          ['arm', 'class', 'images', 'lambda', 'accuracy', 'sd', 'pairs'],
          rows.map(({ id, label, images: count, lambda, spread }): Cell[] => [
            ...[armsInTable(result)(id), label, count, lambda, spread.mean, spread.sd, spread.n],
          ]),
        )
      }
      fileName="copra-class-paths"
    />
  );
}
