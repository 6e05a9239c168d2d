import { useEffect, useState } from 'preact/hooks';
import { linkTo } from '../../app/address.js';
import { Refusal } from '../../api/problems.js';
import { CopyAndDownload } from '../../components/copy.js';
import { Formula } from '../../components/formula.js';
import { count, duration, number } from '../../components/numbers.js';
import { RefusalSummary } from '../../components/refusal.js';
import { Answers } from './answers.js';
import type { Example } from './example.js';
import { LossPicture, ResultPicture } from './picture.js';
import { last, start, useRun, type Run } from './run.js';

/** An example that is run by one click, live, and what came out of it. Without a training it shows the last one that succeeded. */
export function ExampleView({ example, training, onTraining }: {
  example: Example;
  training: string;
  onTraining: (id: string) => void;
}) {
  const run = useRun(example, training);
  const [isStarting, setStarting] = useState(false);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  useEffect(() => {
    const abort = new AbortController();
    if (training === '') {
      last(example, abort.signal).then((id) => { if (id !== null && !abort.signal.aborted) onTraining(id); }, () => undefined);
    }
    return () => abort.abort();
  }, [example, training]);
  const begin = () => {
    setStarting(true);
    setRefusal(null);
    start(example, new AbortController().signal)
      .then(onTraining, (thrown: unknown) => setRefusal(Refusal.from(thrown)))
      .finally(() => setStarting(false));
  };
  const isRunning = isStarting || (training !== '' && run.result === null && run.refusal === null && !isOver(run));
  return (
    <>
      <p class="row">
        <button type="button" class="primary" disabled={isRunning} onClick={begin}>{training === '' ? 'Run it' : 'Run it again'}</button>
        <Status run={run} isRunning={isRunning} />
      </p>
      <RefusalSummary refusal={refusal ?? run.refusal} />
      {training !== '' && (
        <div class="pictures">
          {run.result && <ResultPicture example={example} result={run.result} />}
          {run.loss.length > 1 && <LossPicture loss={run.loss} epochs={run.progress?.epochs ?? run.loss.length} />}
        </div>
      )}
      {run.result && (
        <>
          <Answers example={example} result={run.result} />
          <h3>The formula</h3>
          <Formula latex={latex(run.result.formula)} label="What was learned, as a formula" />
          <CopyAndDownload text={latex(run.result.formula)} file="formula.tex" />
          <Links run={run} example={example} />
        </>
      )}
    </>
  );
}

function isOver({ training }: Run): boolean {
  return training !== null && (training.state === 'failed' || training.state === 'cancelled');
}

function Status({ run, isRunning }: { run: Run; isRunning: boolean }) {
  const { training, progress, result } = run;
  if (isOver(run)) return <span role="status">The training has {training?.state}{training?.error ? `: ${training.error}` : ''}.</span>;
  if (result && training) {
    return (
      <span role="status">
        {count(training.progress.epoch)} epochs in {duration(training.progress.elapsedSeconds)}; the loss is {number(training.progress.loss)}.
      </span>
    );
  }
  return (
    <span role="status">
      {isRunning && (progress === null ? 'Waiting for its turn …'
        : `Epoch ${count(progress.epoch)} of ${count(progress.epochs)}, loss ${number(progress.loss)}`)}
      {isRunning && progress !== null && progress.remainingSeconds !== null && ` · ${duration(progress.remainingSeconds)} left`}
    </span>
  );
}

/** One line per definition, and the expression last. */
function latex({ definitions, expression, equation }: NonNullable<Run['result']>['formula']): string {
  const last = `\\text{${equation.replaceAll('_', '\\_')}} &= ${expression}`;
  return `\\begin{aligned} ${[...definitions.map((definition) => `${definition.name} &= ${definition.expression}`), last].join(' \\\\ ')} \\end{aligned}`;
}

function Links({ run: { training }, example }: { run: Run; example: Example }) {
  if (!training?.modelId) return null;
  return (
    <p class="row">
      <a href={`#/models/${training.modelId}`}>The model: every formula, code to take along, predictions</a>
      <a href={`#/training/${training.id}`}>The training</a>
      {example.motion && <a href={`#/dynamics/${training.modelId}`}>Its motion from other starts</a>}
      <a href={linkTo('network', training.networkId)}>The network</a>
    </p>
  );
}
