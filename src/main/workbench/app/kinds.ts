/** Whether something that a link says is of a kind. */
export type Kind = (value: unknown) => boolean;

export const isText: Kind = (value) => typeof value === 'string';
/** A field for a number may be empty. */
export const isNumber: Kind = (value) => value === null || typeof value === 'number';
export const isNumbers: Kind = (value) => Array.isArray(value) && value.every(isNumber);

function isPlain(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

export function isOneOf(choices: readonly unknown[]): Kind {
  return (value) => choices.includes(value);
}

export function isListOf(kind: Kind): Kind {
  return (value) => Array.isArray(value) && value.every(kind);
}

/** By any names, things of a kind. */
export function isMapOf(kind: Kind): Kind {
  return (value) => isPlain(value) && Object.values(value).every(kind);
}

/** With these names at least, whatever else it has. */
export function isWith(kinds: Record<string, Kind>): Kind {
  return (value) => isPlain(value) && Object.entries(kinds).every(([name, kind]) => kind(value[name]));
}

export function isEither(...kinds: readonly Kind[]): Kind {
  return (value) => kinds.some((kind) => kind(value));
}

export function isLeftOutOr(kind: Kind): Kind {
  return (value) => value === undefined || value === null || kind(value);
}

const isLayers = isListOf(isWith({ type: isLeftOutOr(isText), units: isLeftOutOr(isNumber), activation: isLeftOutOr(isText) }));
const isTyped = isWith({ type: isText });
const isEquations = isWith({
  type: isOneOf(['equations']), outputs: isMapOf(isText),
  parts: isLeftOutOr(isMapOf(isWith({ inputs: isLeftOutOr(() => true), layers: isLeftOutOr(isLayers) }))),
  coefficients: isLeftOutOr(isMapOf(isWith({}))),
});

/** A network as a request for one has it, as far as the page looks into it. */
export const isNetwork: Kind = isWith({
  inputs: isEither(isNumber, isListOf(isText)), outputs: isLeftOutOr(isListOf(isText)), layers: isLeftOutOr(isLayers),
  architecture: isLeftOutOr((value) => isTyped(value) && (!isOneOf(['equations'])((value as { type: unknown }).type) || isEquations(value))),
});

/** A training as a request for one has it, as far as the page looks into it. */
export const isTraining: Kind = isWith({
  network: isLeftOutOr(isNetwork), networkId: isLeftOutOr(isText), datasetId: isLeftOutOr(isText), dataset: isLeftOutOr(isWith({})),
  continue: isLeftOutOr(isText), name: isLeftOutOr(isText), initialModelId: isLeftOutOr(isText),
  optimizer: isLeftOutOr(isWith({ type: isLeftOutOr(isText), schedule: isLeftOutOr(isWith({ type: isLeftOutOr(isText) })) })),
  loss: isLeftOutOr(isEither(isText, isWith({ terms: isListOf(isWith({
    equation: isText, sample: isLeftOutOr(isWith({ ranges: isMapOf(isNumbers) })),
  })) }))),
  metrics: isLeftOutOr(isListOf(isText)), freeze: isLeftOutOr(isListOf(isText)), earlyStopping: isLeftOutOr(isWith({})),
});
