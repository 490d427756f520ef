/** Which runs the script keeps of those that are there, and what it writes. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { hasPython, pythonLaw, sayUnchecked } from '../../../tests/support/python.ts';
import { pythonLiteral } from './literal.ts';
import { pythonScript } from './script.ts';
import { config, task } from './test-script.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'script-'));

/** What of the script says which runs are there. */
const keeping = (script: string): string => /RUN = "run[\s\S]*?(?=\n\n\ndef tested_on)/.exec(script)?.[0] ?? '';

afterAll(() => rmSync(folder, { recursive: true }));

if (!hasPython) sayUnchecked('the Python export');

describe('the Python script', () => {
  it.skipIf(!hasPython)('keeps a run that is there only where its settings are those of the study', () => {
    const script = pythonScript(config, task);
    const out = mkdtempSync(path.join(folder, 'kept-'));
    const told = pythonLaw(
      script,
      `${keeping(script)}
out, weights = Path(${pythonLiteral(out)}), [{"file": "model.safetensors", "sha256": "00"}]
weights_digests = lambda: weights
def asked(change=lambda: None, arm=ARMS[0], seed=0, images='some'):
    before = json.dumps([ARMS, TRAINING])
    change()
    try:
        found = is_done(out, arm, seed, images)
    except SystemExit as refusal:
        found = str(refusal)
    for kept, value in zip((ARMS, TRAINING), json.loads(before)):
        kept.clear() if isinstance(kept, dict) else None
        kept.update(value) if isinstance(kept, dict) else [now.update(then) for now, then in zip(kept, value)]
    return found
found = [asked()]
folder = folder_of(out, ARMS[0], 0)
folder.mkdir()
(folder / RUN).write_text("{}")
(folder / ORIGIN).write_text(json.dumps(settings_of(ARMS[0], 0, 'some')))
found.append(asked())
found.append(asked(images=None))
found.append(asked(images='others'))
found.append(asked(lambda: ARMS[0].update(name="Other", rank=ARMS[0]["rank"])))
found.append(asked(lambda: TRAINING.update(validateEvery=1)))
found.append(asked(lambda: (ARMS[0].update(learningRate=0.5), TRAINING.update(steps=2))))
weights = [{"file": "model.safetensors", "sha256": "01"}]
found.append(asked())
(folder / ORIGIN).write_text(json.dumps({"arm": ARMS[0], "seed": 0, "training": {"steps": 40}}))
found.append(asked())
print(json.dumps(found))`,
    ) as unknown[];
    expect(told).toEqual([
      false,
      true,
      true,
      expect.stringMatching(/lora-0 was trained with other settings \(the images in train\/\)\. Remove it, or/),
      true,
      true,
      expect.stringMatching(/lora-0 was trained with other settings \(learningRate, steps\)\. Remove it, or/),
      expect.stringMatching(/lora-0 was trained with other settings \(the weights of the backbone\)\. Remove it, or/),
      true,
    ]);
  });

  it.skipIf(!hasPython)(
    'takes no run for whole of which a file is half there, and no text that was edited for half',
    () => {
      const script = pythonScript(config, task);
      const out = mkdtempSync(path.join(folder, 'halves-'));
      const told = pythonLaw(
        script,
        `${keeping(script)}
folder = Path(${pythonLiteral(out)}) / "lora-0"
def write(**more):
    with whole_files(folder) as part:
        (part / "adapter_model.safetensors").write_bytes(bytes(80))
        (part / "README.md").write_text("A card.")
        (part / RUN).write_text(json.dumps({"arm": "lora", "weights": sizes_of(weights_in(part)), **more}))
def cut(name, size):
    with open(folder / name, "rb+") as file:
        file.truncate(size)
    return run_in(folder)
found = [run_in(folder)]
write()
found.append(run_in(folder))
(folder / "README.md").write_text("A card of my own.")
found += [run_in(folder), cut("adapter_model.safetensors", 40)]
write()
found += [run_in(folder), cut(RUN, 20)]
write()
(folder / "adapter_model.safetensors").unlink()
found.append(run_in(folder))
write(weights={})
found.append(run_in(folder))  # of a script that told no sizes
print(json.dumps([found, sorted(path.name for path in folder.iterdir())]))`,
      );
      const run = { arm: 'lora' };
      const files = ['README.md', 'adapter_model.safetensors', 'run.json'];
      expect(told).toEqual([[null, run, run, null, run, null, null, run], files]);
    },
  );

  it.skipIf(!hasPython)('leaves what is there as it is when a write fails, and gives the run its place last', () => {
    const script = pythonScript(config, task);
    const out = mkdtempSync(path.join(folder, 'failing-'));
    const told = pythonLaw(
      script,
      `${keeping(script)}
out = Path(${pythonLiteral(out)})
file = out / "result.json"
write_whole(file, "{}")
def full(*given):
    raise OSError(28, "No space left on device")
kept, os.fsync = os.fsync, full
try:
    write_whole(file, "half")
except OSError as error:
    told = [error.errno, file.read_text(), sorted(path.name for path in out.iterdir())]
os.fsync = kept
places, replace = [], Path.replace
Path.replace = lambda path, target: (places.append(path.name), replace(path, target))
with whole_files(out) as part:
    for name in (RUN, ORIGIN, "z.bin"):
        (part / name).write_text("{}")
print(json.dumps([told, places[-1]]))`,
    );
    expect(told).toEqual([[28, '{}', ['result.json']], 'run.json']);
  });
});
