import { IconButton } from './Icon';
import { clean } from './text';
import type { Upload } from './uploads';
import type { Visit } from './visit';
import { amount, explain } from './words';

export const UploadList = ({ visit }: { visit: Visit }) => (
  <>{visit.uploads?.list.map((upload) => <Row key={upload.id} visit={visit} upload={{ ...upload, name: clean(upload.name) }} />)}</>
);

function Row({ visit, upload }: { visit: Visit; upload: Upload }) {
  const { id, name, share, file, trouble } = upload;
  const { t, uploads } = visit;
  return (
    <div class="upload">
      {trouble ? <span class="wrong" role="alert">{explained(visit, upload)}</span> : <bdi>{name}</bdi>}
      {!file && !trouble && <progress value={share} aria-label={t('uploading', { name })} />}
      <IconButton of="close" label={t('remove-file', { name })} click={() => uploads?.remove(id)} />
    </div>
  );
}

function explained(visit: Visit, { name, trouble }: Upload) {
  const { t, language, config } = visit;
  const { status = 0, message = '', field = '' } = typeof trouble === 'object' ? trouble : {};
  const size = amount(language, (config?.limits.file_bytes ?? 0) / 2 ** 20, 'megabyte');
  if (trouble === 'big' || status === 413) return t('file-big', { name, size });
  // what gets past the checks here is refused for what it contains
  if (trouble === 'kind' || field === 'file') return t('file-kind', { name });
  if (trouble === 'empty') return t('file-empty', { name });
  if (trouble === 'many') return t('file-many', { count: config?.limits.files ?? 0 });
  return `${name}: ${explain(visit, status, message)}`;
}
