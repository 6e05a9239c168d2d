import type { DrawModelRequest } from 'client';
import { useState } from 'preact/hooks';
import { useAsked } from '../api/asked.js';
import { Refusal } from '../api/problems.js';
import { service } from '../api/service.js';
import { download, fileNamed } from './copy.js';
import { RefusalSummary } from './refusal.js';

/** The same picture as the service draws it for a paper, as a file and by its address. */
export function Paper({ picture, isUnlike = false }: {
  picture: DrawModelRequest;
  /** Whether the service draws it in another way. */
  isUnlike?: boolean;
}) {
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const address = useAsked(async () => {
    const { path, query } = await service.models.drawModelRequestOpts(picture);
    const asked = Object.entries(query ?? {}).flatMap(([name, value]) => [value].flat()
      .map((one): [string, string] => [name, String(one)]));
    return `${path}?${new URLSearchParams(asked)}`;
  }, [picture]);
  const save = async (ending: 'svg' | 'png') => {
    try {
      const { raw } = await (ending === 'svg' ? service.models.drawModelRaw(picture)
        : service.models.drawModelAsPngRaw(picture));
      download(await raw.blob(), fileNamed([picture.equation ?? '', picture.kind ?? ''], ending));
      setRefusal(null);
    } catch (thrown) {
      setRefusal(Refusal.from(thrown));
    }
  };
  return (
    <div class="paper">
      <p class="row">
        <span>For a paper{isUnlike && picture.kind && `, as ${picture.kind}`}:</span>
        <button type="button" onClick={() => void save('svg')}>Save as SVG</button>
        <button type="button" onClick={() => void save('png')}>Save as PNG</button>
        {address.value !== null && <a href={address.value}>Its address</a>}
      </p>
      <RefusalSummary refusal={refusal} isOfAct />
    </div>
  );
}

/** A range as the service takes it: name:from:to. */
export function rangeOf(name: string, [from, to]: readonly [number, number]): string {
  return `${name}:${from}:${to}`;
}
