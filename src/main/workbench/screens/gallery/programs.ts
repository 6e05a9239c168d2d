import type { Format } from 'client';
import { labelled, labels, type Example, type LoadedExample, type Table } from './example.js';
import { literal, PYTHON_WORDS } from './literal.js';

/** How the programs reach the service, and whether it asks for a key, which they read from the environment. */
export interface Reach {
  origin: string;
  needsKey: boolean;
}

function query({ inputs, targets, rename }: Table, { name, tags }: ReturnType<typeof labels>): string {
  return Object.entries({ inputs, targets, rename, name: [name], tags })
    .flatMap(([name, values]) => values.map((value) => `${name}=${encodeURIComponent(value)}`)).join('&');
}

/** What of the model is asked, beside its id. */
export function question({ question: { equations, inputs } }: Example) {
  return { equations, inputs };
}

/** How the formula is printed, beside the model's id. */
export function print({ formula }: Example, format: Format) {
  return { ...formula, format, shareSubexpressions: true, digits: 4 };
}

/** The example by curl and jq, for any shell; curl 7.76 or newer. */
export function curl(example: LoadedExample, { origin, needsKey }: Reach): string {
  const { table, csv, motion } = example;
  const training = labelled(example);
  const ask = `curl -sS --fail-with-body${needsKey ? ' -H "Authorization: Bearer $NABLA_KEY"' : ''}`;
  const lines = [
    `api=${origin}/v1`,
    `ask() { ${ask} "$@"; }`,
    `post() { ask -H 'Content-Type: application/json' "$@"; }`,
    '',
  ];
  if (table) {
    lines.push(`cat > ${table.file} <<'END'`, csv.trimEnd(), 'END',
      `dataset=$(ask -H 'Content-Type: text/csv' --data-binary @${table.file} \\`,
      `  "$api/datasets/csv?${query(table, labels(example))}" | jq -r .id)`, '');
  }
  lines.push(
    '# train, and wait until it has finished',
    `training=$(post $api/trainings -d ${shell(table ? { ...training, datasetId: '$dataset' } : training)} | jq -r .id)`,
    'ask -N $api/trainings/$training/events > /dev/null',
    'model=$(ask $api/trainings/$training | jq -r .modelId)', '',
    `# ${example.question.about}`,
    `post $api/evaluations -d ${shell({ modelId: '$model', ...question(example) })} \\`,
    `  | jq -c '[.results[].values]'`,
  );
  if (motion) {
    lines.push('', '# its energies at the start and at the end of every trajectory',
      `post $api/models/$model/trajectories -d ${shell(motion)} \\`, `  | jq -c '[.trajectories[] | .energies[0, -1]]'`);
  }
  lines.push('', '# the formula',
    `post $api/expressions -d ${shell({ modelId: '$model', ...print(example, 'text') })} \\`,
    `  | jq -r '.results[0] | (.definitions[] | "\\(.name) = \\(.expression)"), .expression'`);
  return `${lines.join('\n')}\n`;
}

/** JSON as a word of a shell, in which what begins with a dollar is a variable. */
function shell(value: unknown): string {
  return `'${literal(value).replaceAll("'", `'\\''`).replaceAll(/"(\$\w+)"/g, `"'$1'"`)}'`;
}

/** The example in Python 3 with nothing but its standard library. */
export function python(example: LoadedExample, { origin, needsKey }: Reach): string {
  const { table, csv, motion } = example;
  const training = labelled(example);
  const lines = [
    'import json',
    ...(needsKey ? ['import os'] : []),
    'import sys',
    'from urllib.error import HTTPError',
    'from urllib.request import Request, urlopen',
    '',
    `API = '${origin}/v1'`,
    '',
    '',
    "def send(path, body=None, type='application/json'):",
    '    """Posts a body, or gets what is there; what the service refuses ends the program with the reason."""',
    `    headers = {'Content-Type': type${needsKey ? ", 'Authorization': 'Bearer ' + os.environ['NABLA_KEY']" : ''}}`,
    '    try:',
    '        return urlopen(Request(API + path, body, headers))',
    '    except HTTPError as refused:',
    "        sys.exit(refused.read().decode())",
    '',
    '',
    'def post(path, value):',
    '    return json.load(send(path, json.dumps(value).encode()))',
    '',
    '',
  ];
  if (table) {
    lines.push(`table = """${csv}"""`,
      `dataset = json.load(send('/datasets/csv?${query(table, labels(example))}',`, "                         table.encode(), 'text/csv'))", '');
  }
  lines.push(
    '# train, and follow it until it has finished',
    `training = post('/trainings', ${literal(table ? { ...training, datasetId: '$dataset' } : training, PYTHON_WORDS)
      .replace('"$dataset"', "dataset['id']")})`,
    "for line in send('/trainings/' + training['id'] + '/events'):",
    "    if line.startswith(b'data:'):",
    '        event = json.loads(line[5:])',
    "model = event['modelId']",
    '',
    `# ${example.question.about}`,
    `answer = post('/evaluations', ${ofModel(question(example))})`,
    "print([result['values'] for result in answer['results']])",
  );
  if (motion) {
    lines.push('', '# its energies at the start and at the end of every trajectory',
      `answer = post('/models/' + model + '/trajectories', ${literal(motion, PYTHON_WORDS)})`,
      "energies = [trajectory['energies'] for trajectory in answer['trajectories']]",
      'print([energy for of_one in energies for energy in (of_one[0], of_one[-1])])');
  }
  lines.push('', '# the formula',
    `answer = post('/expressions', ${ofModel(print(example, 'text'))})`,
    "for definition in answer['results'][0]['definitions']:",
    "    print(definition['name'], '=', definition['expression'])",
    "print(answer['results'][0]['expression'])");
  return `${lines.join('\n')}\n`;
}

/** A request as Python has it, with the model's id. */
function ofModel(request: object): string {
  return literal({ modelId: '$model', ...request }, PYTHON_WORDS).replace('"$model"', 'model');
}
