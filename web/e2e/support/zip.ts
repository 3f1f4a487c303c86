import { execFileSync } from "node:child_process";

const unpack = `
import base64, json, sys, zipfile
archive = zipfile.ZipFile(sys.argv[1])
assert archive.testzip() is None
print(json.dumps({name: base64.b64encode(archive.read(name)).decode() for name in archive.namelist()}))
`;

/** The files of a ZIP, by their paths, as another program reads them. */
export const unzip = (path: string): Map<string, Buffer> => {
  const said = execFileSync("python3", ["-c", unpack, path], { encoding: "utf8", maxBuffer: 2 ** 26 });
  return new Map(Object.entries(JSON.parse(said) as Record<string, string>).map(([name, content]) => [name, Buffer.from(content, "base64")]));
};
