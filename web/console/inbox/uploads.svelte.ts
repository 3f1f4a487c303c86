import type { FileView } from "../../shared/api";
import { Sending } from "../lib/sending.svelte";

export const mostFiles = 5;
export const mostBytes = 10 * 1024 * 1024;

/** A file for a message, on its way up. */
export class Upload extends Sending<FileView> {
  readonly key = crypto.randomUUID();

  constructor(file: File) {
    super(file, "/files");
  }
}
