import { useMemo } from 'react';
import type { GpuStep } from '../../../study/run/gpu-step.ts';
import { Fact } from '../../controls/Fact.tsx';
import { bytes, integer, milliseconds, percent } from '../../format.ts';
import { MeasureButton } from '../../measure/MeasureButton.tsx';
import shared from '../../shared.module.css';
import css from './gpu.module.css';
import { summariseGpuStep, type KindRow } from './gpu-summary.ts';

export function GpuStepView({ gpuStep }: { gpuStep: GpuStep }) {
  const summary = useMemo(() => summariseGpuStep(gpuStep), [gpuStep]);
  const { statistics, peakGflops, allocatedBytes } = gpuStep;
  const { matmulGflops, matmulShareOfPeak } = summary;
  return (
    <div className={css.view}>
      <dl className={css.facts}>
        <Fact name="GPU time">
          {summary.milliseconds === null ? 'not told by this browser' : milliseconds(summary.milliseconds)}
        </Fact>
        <Fact name="Submissions">{integer(statistics.submits)}</Fact>
        <Fact name="Uploads">
          {integer(statistics.uploads)}, {bytes(statistics.uploadedBytes)}
        </Fact>
        <Fact name="Buffers created">{integer(statistics.buffersCreated)}</Fact>
        <Fact name="GPU memory">{bytes(allocatedBytes)}</Fact>
        <Fact name="Matrix products">
          {matmulGflops === null ? '–' : `${matmulGflops.toFixed(1)} GFLOP/s, ${percent(matmulShareOfPeak, 0)} of`}{' '}
          {matmulGflops === null ? `peak ${peakGflops.toFixed(0)} GFLOP/s` : `${peakGflops.toFixed(0)} in a large one`}
        </Fact>
      </dl>
      <table className={`${shared.table} ${css.kinds}`}>
        <thead>
          <tr>
            <th scope="col">Kernels</th>
            <th scope="col">Dispatches</th>
            <th scope="col">Time</th>
            <th scope="col">GFLOP/s</th>
            <th scope="col">Bytes</th>
          </tr>
        </thead>
        <tbody>
          {summary.rows.map((row) => (
            <Kind key={row.kind} row={row} />
          ))}
        </tbody>
      </table>
      <p className={css.note}>
        One step of all runs together, measured every few seconds with a timestamp around every kernel, which makes that
        one step slower than the others. Bytes count every operand once.
      </p>
      <div>
        <MeasureButton />
      </div>
    </div>
  );
}

function Kind({ row }: { row: KindRow }) {
  return (
    <tr>
      <th scope="row">
        {row.kind}
        {row.share !== null && <span className={css.share} style={{ inlineSize: `${100 * row.share}%` }} aria-hidden />}
      </th>
      <td>{integer(row.dispatches)}</td>
      <td>{row.milliseconds === null ? '–' : milliseconds(row.milliseconds)}</td>
      <td>{row.gflops === null ? '–' : row.gflops.toFixed(1)}</td>
      <td>{bytes(row.bytes)}</td>
    </tr>
  );
}
