/** The picture that is asked about, or the camera, and every way in which another one comes. */
import { useEffect, useRef, useState } from 'react';
import { useStore } from 'zustand/react';
import { errorText } from '../../../core/error-text.ts';
import { askAbout, nextPlace, ownStore, showNextPicture, type AskedPicture } from '../../../state/own/own-store.ts';
import { isUnread, pictureFor, readingKey, testKey } from '../../../state/own/picture-keys.ts';
import { keptPlaces, trueClasses } from '../../../study/predictions/answers.ts';
import type { StudyResult } from '../../../study/result/result.ts';
import { useServices } from '../../context.ts';
import { closeCamera, openCamera } from '../../dataset/camera.ts';
import { useTestPictures } from '../pictures/use-test-pictures.ts';
import { askAboutFile } from './ask-about-file.ts';
import { OWN_WORDS } from './messages.ts';
import { decodable } from './picture-source.ts';

interface SourcesSetup {
  /** What people see for the name of a class. */
  readonly shown: (name: string) => string;
  /** Test pictures may be wanted: to draw them takes a while. */
  readonly isSeen: boolean;
  /** Called when the camera begins: what was answered is about another picture. */
  readonly onCamera: () => void;
}

export interface PictureSources {
  /** Of the camera; null: it is off. */
  readonly stream: MediaStream | null;
  /** The picture of this result; null: there is none. */
  readonly still: AskedPicture | null;
  /** It has yet to be read as the backbone of this result reads pictures. */
  readonly isUnread: boolean;
  /** Why the last picture did not come. */
  readonly trouble: string | null;
  readonly show: (file: Blob | Promise<Blob>) => Promise<void>;
  readonly startCamera: () => Promise<void>;
  /** @param why it ended by itself; null: it was stopped */
  readonly endCamera: (why: string | null) => void;
  /** Null: there is no test picture, or none that is drawn yet. */
  readonly showTest: (() => void) | null;
}

export function usePictureSources(result: StudyResult, { shown, isSeen, onCamera }: SourcesSetup): PictureSources {
  const { predictor } = useServices();
  const { config, task } = result;
  const held = useStore(ownStore, (state) => state.picture);
  const [camera, setStream] = useState<MediaStream | null>(null);
  const [trouble, setTrouble] = useState<string | null>(null);
  // A picture may come from elsewhere on the page, and ends the camera.
  const stream = held === null ? camera : null;
  const still = pictureFor(held, result);
  const unread = still && isUnread(still, config) ? still : null;

  useEffect(() => {
    if (!unread?.file) return;
    let current = true;
    void decodable(unread.file)
      .then((file) => predictor.ask('read-picture', { config, file }))
      .then((input) => {
        if (current && input.kind === 'square') askAbout({ ...unread, input, key: readingKey(config) });
      })
      .catch((error: unknown) => {
        if (current) setTrouble(errorText(error));
      });
    return () => {
      current = false;
    };
  }, [unread, config, predictor]);

  const show = async (file: Blob | Promise<Blob>): Promise<void> => {
    setTrouble(null);
    try {
      await askAboutFile(predictor, config, file);
    } catch (error) {
      setTrouble(errorText(error));
    }
  };

  const there = useRef(true);
  useEffect(() => {
    there.current = true;
    return () => {
      there.current = false;
    };
  }, []);
  const startCamera = async (): Promise<void> => {
    const isNewest = showNextPicture();
    setTrouble(null);
    try {
      const opened = await openCamera();
      // The panel may be gone when the browser has asked for permission, or show a picture.
      if (!there.current || !isNewest()) return closeCamera(opened);
      setStream(opened);
      askAbout(null);
      onCamera();
    } catch (error) {
      if (isNewest()) setTrouble(errorText(error));
    }
  };
  const endCamera = (why: string | null): void => {
    setStream(null);
    if (why !== null) setTrouble(why);
  };

  const images = useTestPictures(result, isSeen);
  const places = keptPlaces(result);
  const showTest = (): void => {
    const place = nextPlace(places);
    const pixels = images?.at(place);
    if (!images || !pixels) return;
    const label = trueClasses(result)?.[place];
    const truth = label === undefined ? null : shown(task.classes[label]);
    showNextPicture();
    setTrouble(null);
    setStream(null);
    askAbout({
      input: { kind: 'square', pixels: pixels.slice(), size: images.size },
      name: () => OWN_WORDS.caption(place + 1, truth),
      file: null,
      truth,
      key: testKey(result),
    });
  };

  return {
    stream,
    still,
    isUnread: unread !== null,
    trouble,
    show,
    startCamera,
    endCamera,
    showTest: places.length > 0 && images !== null ? showTest : null,
  };
}
