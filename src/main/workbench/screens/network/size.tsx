import type { NetworkRequest } from 'client';
import { unrefused, useAsked } from '../../api/asked.js';
import { service } from '../../api/service.js';
import { counted } from '../../components/numbers.js';
import { Shown } from '../../components/unreadable.js';

/** How many numbers a network learns, and how many rows there are to learn them from, where that is known. */
export function Size({ of, samples = null }: { of: { network: NetworkRequest } | { networkId: string }; samples?: number | null }) {
  const expressionRequest = { ...of, equations: ['0'] };
  const asked = useAsked((signal) => service.expressions.printExpressions({ expressionRequest }, { signal }), [expressionRequest], 250);
  const parameters = unrefused(asked)?.parameterCount;
  if (parameters === undefined) return null;
  return (
    <Shown>
      <p class="help" role="status">
        {counted(parameters, 'parameter')}{'network' in of && of.network.normalization && ', those of its normalization included,'}{samples !== null && ` for ${counted(samples, 'row')}`}.
        {samples !== null && parameters > samples
          && ' So many can learn the rows by heart: take fewer units, or keep rows out of the training by a validation fraction.'}
      </p>
    </Shown>
  );
}
