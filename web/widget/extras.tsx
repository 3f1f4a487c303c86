export { Faces } from './Faces';
export { Menu } from './Menu';
export { UploadList } from './UploadList';
export { Uploads } from './uploads';
