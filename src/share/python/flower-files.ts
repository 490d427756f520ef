/** A federated study as an app of Flower: what clients and server run, by file name. */
import { counted } from '../../core/counted.ts';
import { filled } from '../../core/filled.ts';
import { listed } from '../../core/listed.ts';
import { markdownText } from '../../core/markdown.ts';
import { federatedRuleName } from '../../copra/federated/rule-list.ts';
import type { FederatedSettings } from '../../study/analyses/federated/settings.ts';
import type { StudyConfig } from '../../study/config/config.ts';
import { noAnalyses } from '../../study/config/no-analyses.ts';
import clientApp from './flower/client_app.py?raw';
import federation from './flower/federation.py?raw';
import learning from './flower/learning.py?raw';
import project from './flower/pyproject.toml?raw';
import readme from './flower/README.md?raw';
import rules from './flower/rules.py?raw';
import serverApp from './flower/server_app.py?raw';
import { pythonLiteral, type Literal } from './literal.ts';
import { copraPeft } from './peft-file.ts';
import { backboneNote, pythonScript, taskName, type ScriptTask } from './script.ts';
import { studyInPython } from './study-in-python.ts';

const FOLDER = 'flower';
const PACKAGE = `${FOLDER}/copra_flower`;

/** What the app takes of a study besides its arms, training and prompts, which its train_copra.py has. */
function federatedStudy(
  config: StudyConfig,
  federated: FederatedSettings,
): Pick<StudyConfig, 'shots' | 'seeds' | 'analyses'> {
  const { analyses, shots, seeds } = studyInPython(config);
  return { shots, seeds, analyses: { ...noAnalyses(analyses), federated } };
}

/** Empty when the study is not federated. @param task as for pythonScript */
export function flowerFiles(config: StudyConfig, task: ScriptTask | null): Record<string, string> {
  const { federated } = config.analyses;
  if (!federated?.enabled) return {};
  const { clients, rounds, localSteps } = federated;
  const study = JSON.parse(JSON.stringify(federatedStudy(config, federated))) as Literal;
  const words: Record<string, string> = {
    TITLE: taskName(config, task),
    BACKBONE: backboneNote(config, 'on every machine where its program is started'),
    CLIENTS: counted(clients, 'client'),
    COUNT: String(clients),
    LAST: String(clients - 1),
    RULES: listed([...new Set(federated.rules)].map(federatedRuleName)),
    ROUNDS: `${counted(rounds, 'round')} of ${counted(localSteps, 'step')}`,
  };
  return {
    [`${FOLDER}/README.md`]: filled(readme, words, markdownText),
    [`${FOLDER}/pyproject.toml`]: project,
    [`${PACKAGE}/__init__.py`]: '',
    [`${PACKAGE}/client_app.py`]: clientApp,
    [`${PACKAGE}/copra_peft.py`]: copraPeft(),
    [`${PACKAGE}/federation.py`]: filled(federation, { STUDY: pythonLiteral(study) }),
    [`${PACKAGE}/learning.py`]: learning,
    [`${PACKAGE}/rules.py`]: rules,
    [`${PACKAGE}/server_app.py`]: serverApp,
    [`${PACKAGE}/train_copra.py`]: pythonScript(config, task),
  };
}
