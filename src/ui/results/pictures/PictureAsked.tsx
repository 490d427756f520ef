/** What is computed of an opened picture when somebody asks: its path between seeds, and where attention goes. */
import { shownClass } from '../../../data/bundled/shown-classes.ts';
import { Suspense, useMemo, type ReactNode } from 'react';
import type { TestPictures } from '../../../state/pictures/request.ts';
import type { Picture } from '../../../study/predictions/pictures.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import { useStudy } from '../../context.ts';
import { ErrorText } from '../../controls/ErrorText.tsx';
import { Fold } from '../../controls/Fold.tsx';
import { lazily } from '../../lazily.tsx';
import { seedsOf } from '../../../state/own/respondents.ts';
import { useFetched, useOwnAdapters, type OwnAdapters } from '../own/use-own-adapters.ts';
import { useSetting } from '../own/use-setting.ts';
import { INSIDE_WORDS } from '../inside/messages.ts';
import { PICTURE_WORDS } from './messages.ts';
import css from './pictures.module.css';

const PicturePath = lazily(async () => (await import('./PicturePath.tsx')).PicturePath);
const PictureInside = lazily(async () => (await import('./PictureInside.tsx')).PictureInside);

interface PictureAskedProps {
  readonly result: StudyResult;
  readonly images: TestPictures | null;
  readonly picture: Picture;
}

/** Nothing where the pixels are not at hand. */
export function PictureAsked({ result, images, picture: { place, label, backbone } }: PictureAskedProps) {
  const { config, task } = result;
  const own = useOwnAdapters(result);
  const setting = useSetting(result, own.adapters);
  const { adapters } = own;
  const picture = useMemo(() => {
    const pixels = images?.at(place);
    return images && pixels ? ({ kind: 'square', pixels: pixels.slice(), size: images.size } as const) : null;
  }, [images, place]);
  if (!picture) return null;
  const hasPath = config.arms.some(({ id }) => seedsOf(adapters.filter(({ run }) => run?.arm === id)).length > 1);
  const frozen = backbone && backbone.certainty;
  return (
    <div className={css.layers}>
      <Fold quiet title={PICTURE_WORDS.path.fold} summary={PICTURE_WORDS.path.summary}>
        <WhenThere own={own}>
          {hasPath ? (
            <PicturePath {...{ result, picture, label, frozen, adapters, setting }} />
          ) : (
            <p className={css.note}>{PICTURE_WORDS.path.noAdapters}</p>
          )}
        </WhenThere>
      </Fold>
      <Fold quiet title={INSIDE_WORDS.title} summary={INSIDE_WORDS.summary}>
        <WhenThere own={own}>
          <PictureInside
            {...{ picture, adapters, setting }}
            arms={config.arms}
            caption={PICTURE_WORDS.opened.caption(place + 1, shownClass(config.task, task.classes[label]))}
          />
        </WhenThere>
      </Fold>
    </div>
  );
}

const WAITING = <div className={css.waiting} />;

/** Fetches the adapters that come with the page, and shows its children when they are there, or known not to come. */
function WhenThere({ own: { fetch, problem }, children }: { readonly own: OwnAdapters; readonly children: ReactNode }) {
  const idle = useStudy((state) => state.status === 'idle');
  const ready = useFetched(fetch, true);
  if (!idle) return <p className={css.note}>{PICTURE_WORDS.opened.running}</p>;
  return (
    <>
      {problem && <ErrorText>{problem}</ErrorText>}
      {ready ? <Suspense fallback={WAITING}>{children}</Suspense> : WAITING}
    </>
  );
}
