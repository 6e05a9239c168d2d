import { Form, Format } from 'client';
import { unrefused, useAsked } from '../../api/asked.js';
import { likelyOf } from '../../api/classes.js';
import { numbersOf } from '../../api/features.js';
import { problemAt } from '../../api/problems.js';
import { service } from '../../api/service.js';
import { EquationField } from '../../components/equation.js';
import { CheckField, SelectField } from '../../components/field.js';
import { Files } from '../../components/files.js';
import { TakeAway, Typeset } from '../../components/printed.js';
import { RefusalSummary } from '../../components/refusal.js';
import type { ViewProps } from './screen.js';

/** Digits of the numbers in LaTeX, typeset as well as taken along; programs have all. */
export const DIGITS = [3, 4, 6, 8] as const;

/** Any equation of a model, typeset, and in every format that the service writes. */
export function Formulas({ known: { model, network, features, training }, state, change }: ViewProps) {
  const { equation, form, format, substituteParameters, shareSubexpressions } = state;
  const digits = substituteParameters && state.digits !== null ? { digits: state.digits } : {};
  const expressionRequest = { modelId: model.id, equations: [equation], form, substituteParameters,
    shareSubexpressions };
  const typeset = useAsked((signal) => service.expressions.printExpressions({
    expressionRequest: { ...expressionRequest, format: Format.Latex, ...digits },
  }, { signal }), [expressionRequest, digits], 250);
  const printed = useAsked((signal) => service.expressions.printExpressions(
    { expressionRequest: { ...expressionRequest, format, ...(format === Format.Latex ? digits : {}) } }, { signal }),
    [expressionRequest, format, digits], 250);
  const problem = problemAt(typeset.refusal, '/equations/0');
  return (
    <>
      <EquationChoice inputs={numbersOf(features)} outputs={network.outputs} equation={equation} likely={likelyOf(training, network)}
        onInput={(next) => change({ equation: next })}
        problem={problem} />
      <div class="row">
        <SelectField label="Form" value={form} onChange={(next) => change({ form: next })}
          options={Object.values(Form).map((value) => ({ value, label: FORMS[value] }))} />
        <CheckField label="With the learned numbers" value={substituteParameters}
          onChange={(next) => change({ substituteParameters: next })} />
        {substituteParameters && (
          <SelectField label="Digits in LaTeX" value={String(state.digits ?? '')}
            onChange={(next) => change({ digits: next === '' ? null : Number(next) })}
            options={[...DIGITS.map((value) => ({ value: String(value), label: String(value) })), { value: '', label: 'All' }]} />
        )}
        <CheckField label="Share subexpressions" value={shareSubexpressions} pointer="/shareSubexpressions"
          onChange={(next) => change({ shareSubexpressions: next })} />
      </div>
      <RefusalSummary refusal={typeset.refusal} />
      {typeset.value === null && typeset.refusal === null && <p role="status">Writing the formula …</p>}
      {typeset.value?.results[0] && typeset.refusal === null && <div class="panel"><Typeset
        result={typeset.value.results[0]} /></div>}
      {printed.refusal !== null && typeset.refusal === null && <RefusalSummary refusal={printed.refusal} />}
      <TakeAway results={unrefused(printed)?.results ?? []} format={format}
        onFormat={(next) => change({ format: next })} name="model" />
      <Files request={{ modelId: model.id, equations: [equation], substituteParameters, name: 'model' }}
        print={{ form, shareSubexpressions, ...digits }} isWrong={problem?.position != null} />
    </>
  );
}

const FORMS: Record<Form, string> = { scalar: 'Every entry written out', array: 'Matrices and vectors' };

/** A field for an equation of a model, with its outputs and their derivatives to begin with. */
export function EquationChoice({ inputs, outputs, likely = null, equation, onInput, problem }: {
  /** Those by which it is worth a derivative. */
  inputs: readonly string[];
  outputs: readonly string[];
  /** What makes probabilities of the outputs, where these are logits. */
  likely?: string | null;
  equation: string;
  onInput: (equation: string) => void;
  problem: ReturnType<typeof problemAt>;
}) {
  const first = outputs[0] ?? 'outputs';
  const input = inputs[0] ?? 'inputs';
  const probabilities = likely === null ? [] : outputs.map((_, at) => `${likely}[${at + 1}]`);
  const offered = [...new Set([...outputs.slice(0, 6), ...probabilities.slice(0, 6), ...inputs.map((name) => `D(${first}, ${name})`),
    'D(outputs, inputs)'])].slice(0, 6 + probabilities.length);
  return (
    <>
      <EquationField label="Equation" value={equation} onInput={onInput} problem={problem} pointer="/equations/0"
        help={`Of the model's inputs, outputs and parameters by name. D(${first}, ${input}) is the derivative of ${
          first} by ${input}.`} />
      {likely !== null && <p class="help">The outputs of this model are logits, any numbers; the probability of <code>{first}</code> is{' '}
        <code>{likely}[1]</code>.</p>}
      <p class="row offered">
        {offered.map((text) => <button key={text} type="button" onClick={() => onInput(text)}
          aria-pressed={text === equation}><code>{text}</code></button>)}
      </p>
    </>
  );
}
