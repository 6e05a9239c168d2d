import { termsOf } from '../../api/model.js';
import { linkTo } from '../../app/address.js';
import { CopyAndDownload } from '../../components/copy.js';
import { aligned, Formula } from '../../components/formula.js';
import { count, duration, number } from '../../components/numbers.js';
import { isSecond } from '../../components/once.js';
import { RefusalSummary } from '../../components/refusal.js';
import { Answers } from './answers.js';
import type { Example } from './example.js';
import { LossPicture, ResultPicture } from './picture.js';
import type { Run, Running } from './run.js';

/** The button that runs an example, and how far it is. */
export function Controls({ running, seconds }: { running: Running; seconds?: number | undefined }) {
  const { run, isRunning, refusal, begin } = running;
  return (
    <>
      <p class="row controls">
        <button type="button" class="primary" aria-disabled={isRunning} onClick={(event) => isRunning || isSecond(event) || begin()}>
          {run.training === null ? 'Run it' : 'Run it again'}
        </button>
        <span role="status">{status(run, isRunning)}</span>
        {seconds !== undefined && !isRunning && <span class="help">Takes about {duration(seconds)} on two cores.</span>}
      </p>
      <RefusalSummary refusal={refusal ?? run.refusal} isOfAct={refusal !== null} />
    </>
  );
}

function status({ training, progress, result }: Run, isRunning: boolean): string {
  if (isRunning) {
    if (progress === null) return 'Waiting for its turn …';
    const left = progress.remainingSeconds ?? null;
    const reached = `Epoch ${count(progress.epoch)} of ${count(progress.epochs)}, training loss ${number(progress.loss)}`;
    return left === null ? reached : `${reached} · ${duration(left)} left`;
  }
  if (training === null) return '';
  if (result === null)
    return `The training ${training.state === 'cancelled' ? 'was cancelled' : 'has failed'}${training.error ? `: ${training.error}` : ''}.`;
  const { epoch, elapsedSeconds, loss } = training.progress;
  return `${count(epoch)} epochs in ${duration(elapsedSeconds)}; the training loss is ${number(loss)}.`;
}

/** How the loss falls, and what was learned. */
export function Pictures({ example, run, height }: { example: Example; run: Run; height: number }) {
  return (
    <div class="pictures">
      {run.loss.length > 1 && <LossPicture loss={run.loss} height={height} />}
      {run.result && <ResultPicture example={example} result={run.result} height={height} />}
    </div>
  );
}

/** What a model says, its formula, and where there is more of it. */
export function Outcome({ example, run: { result, training } }: { example: Example; run: Run }) {
  if (result === null || !training?.modelId) return null;
  const { definitions, expression, equation } = result.formula;
  const isWhole = example.formula.substituteParameters;
  const [title, left] = isWhole ? ['Its formula', `\\mathrm{${equation}} = `] : ['Its mathematics', ''];
  const latex = aligned([...definitions.map(({ name, expression: of }) => `${name} = ${of}`), `${left}${expression}`]);
  return (
    <div class="outcome">
      <section>
        <h3>What it says</h3>
        <Answers example={example} result={result} />
      </section>
      <section>
        <h3>{title}</h3>
        {left === '' && <p>This is <code>{equation}</code>:</p>}
        <Formula latex={latex} label={title} />
        <p class="row"><span class="help">LaTeX</span> <CopyAndDownload text={latex} file="formula.tex" /></p>
      </section>
      <nav aria-label="More of it">
        <a href={linkTo(`models/${training.modelId}`, { view: 'formulas' })}>
          The model: any formula, code to take along, predictions
        </a>
        <a href={linkTo(`trainings/${training.id}`)}>The training</a>
        {termsOf(training).length > 0 && <a href={linkTo(`dynamics/${training.modelId}`, { view: 'solution' })}>Its solution and residual</a>}
        {example.motion && <a href={linkTo(`dynamics/${training.modelId}`)}>Its motion from other starts</a>}
        <a href={linkTo('network', { network: example.training.network })}>The network</a>
      </nav>
    </div>
  );
}
