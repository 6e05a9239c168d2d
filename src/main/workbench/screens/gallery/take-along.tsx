import { useState } from 'preact/hooks';
import { key } from '../../api/key.js';
import { CopyAndDownload } from '../../components/copy.js';
import { Tabs } from '../../components/tabs.js';
import type { LoadedExample } from './example.js';
import { curl, python } from './programs.js';

const LANGUAGES = [{ value: 'curl', label: 'As curl' }, { value: 'python', label: 'As Python' }] as const;
type Language = (typeof LANGUAGES)[number]['value'];

/** The example as a program, to be copied and run elsewhere. */
export function Programs({ example }: { example: LoadedExample }) {
  const [language, setLanguage] = useState<Language>('curl');
  const reach = { origin: location.origin, needsKey: key() !== null };
  const program = language === 'curl' ? curl(example, reach) : python(example, reach);
  return (
    <Tabs label="The same without this page" tabs={LANGUAGES} value={language} onChange={setLanguage}>
      <p class="help">
        {language === 'curl' ? 'Needs curl 7.76 or newer and jq, and runs in bash or sh.'
          : 'Needs Python 3.8 or newer, and nothing else.'}
        {reach.needsKey && ' The key is read from the environment variable NABLA_KEY.'}
      </p>
      <CopyAndDownload text={program} file={language === 'curl' ? `${example.name}.sh` : `${example.name}.py`} />
      <pre class="output program" tabIndex={0} aria-label={`The example as ${language}`}>{program}</pre>
    </Tabs>
  );
}
