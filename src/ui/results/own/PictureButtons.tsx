/** The buttons that bring a picture: a file, what was copied, the camera, a tested image. */
import { FileTrigger } from 'react-aria-components';
import { Button } from '../../controls/Button.tsx';
import { OWN_WORDS } from './messages.ts';
import css from './own.module.css';
import { pastedPicture } from './picture-source.ts';
import type { PictureSources } from './use-picture-sources.ts';

export function PictureButtons({ sources }: { sources: PictureSources }) {
  const { stream, still, show, startCamera, endCamera, showTest } = sources;
  const showFirst = (files: readonly File[]): void => {
    if (files.length > 0) void show(files[0]);
  };
  return (
    <div className={css.sources} role="group" aria-label={OWN_WORDS.sources}>
      <FileTrigger acceptedFileTypes={['image/*']} onSelect={(list) => showFirst(Array.from(list ?? []))}>
        <Button>{OWN_WORDS.choose}</Button>
      </FileTrigger>
      <Button onPress={() => void show(pastedPicture())}>{OWN_WORDS.paste}</Button>
      <span className={css.camera}>
        {stream ? (
          <Button onPress={() => endCamera(null)}>{OWN_WORDS.stopCamera}</Button>
        ) : (
          <Button onPress={() => void startCamera()}>{OWN_WORDS.camera}</Button>
        )}
      </span>
      <Button isDisabled={showTest === null} onPress={() => showTest?.()}>
        {still?.truth === null || still === null ? OWN_WORDS.testPicture : OWN_WORDS.nextTestPicture}
      </Button>
    </div>
  );
}
