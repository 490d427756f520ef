/** The tiny task at the size of the golden models. */
import type { LabelledImages, Task } from '../../src/data/task.ts';

/** Every pixel several times in either direction. @param side a multiple of the images' own */
export function enlargedTask(task: Task, side: number): Task {
  const zoom = side / task.imageSize;
  const enlarged = ({ count, labels, pixels }: LabelledImages): LabelledImages => ({
    count,
    labels,
    pixels: Uint8Array.from({ length: count * side * side * 3 }, (_, i) => {
      const [channel, x, y] = [i % 3, Math.floor(i / 3) % side, Math.floor(i / 3 / side) % side];
      const image = Math.floor(i / 3 / side / side);
      const [fromX, fromY] = [Math.floor(x / zoom), Math.floor(y / zoom)];
      return pixels[((image * task.imageSize + fromY) * task.imageSize + fromX) * 3 + channel];
    }),
  });
  return {
    ...task,
    imageSize: side,
    train: enlarged(task.train),
    validation: enlarged(task.validation),
    test: enlarged(task.test),
  };
}
