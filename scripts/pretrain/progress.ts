/** The progress line: rewritten in place on a terminal, printed at intervals in a log. */
import type { TrainProgress } from './train.ts';

const LOG_EVERY = 50;

export function clock(seconds: number): string {
  const whole = Math.round(seconds);
  const parts = [Math.floor((whole % 3600) / 60), whole % 60].map((part) => String(part).padStart(2, '0'));
  return [Math.floor(whole / 3600), ...parts].join(':');
}

function progressLine(progress: TrainProgress): string {
  const { step, steps, epoch, loss, imagesPerSecond, remaining, logitScale, gradientNorm } = progress;
  return [
    `step ${step}/${steps}`,
    `epoch ${epoch.toFixed(1)}`,
    `loss ${loss.toFixed(3)}`,
    `gradient ${gradientNorm.toFixed(2)}`,
    `temperature ${Math.exp(logitScale).toFixed(1)}`,
    `${imagesPerSecond.toFixed(0)} images/s`,
    `${clock(remaining)} left`,
  ].join('  ');
}

export function showProgress(progress: TrainProgress): void {
  const line = progressLine(progress);
  if (process.stdout.isTTY) process.stdout.write(`\r${line}\x1b[K`);
  else if (progress.step % LOG_EVERY === 0) console.log(line);
}

/** Writes lines below a progress line. */
export function say(text: string): void {
  console.log(process.stdout.isTTY ? `\r\x1b[K${text}` : text);
}
