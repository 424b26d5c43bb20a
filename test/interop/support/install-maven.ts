import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { installOnce, type Report } from '../../support/install-once';
import { folderOf } from './cache-folder';
import { run } from './run';

/** Of Maven's plugin that copies archives. */
const PLUGIN = 'org.apache.maven.plugins:maven-dependency-plugin:3.11.0';

/**
 * Java archives from Maven's registry, with all that they need, in a folder of their own, installed once.
 *
 * @param pins their exact versions by `group:artifact`.
 * @returns the folder of the archives: `java -cp '<folder>/*'`.
 */
export async function installMaven(
  name: string,
  pins: Readonly<Record<string, string>>,
  report: Report,
): Promise<string> {
  const folder = folderOf(name, pins);
  const install = async (partial: string) => {
    report(`Installing with Maven: ${Object.keys(pins).join(', ')}.`);
    await writeFile(join(partial, 'pom.xml'), projectOf(pins));
    await run('mvn', ['-q', '-B', `${PLUGIN}:copy-dependencies`, '-DoutputDirectory=jars'], {
      cwd: partial,
    });
  };
  await installOnce(folder, 'jars', install, report);
  return join(folder, 'jars');
}

function projectOf(pins: Readonly<Record<string, string>>): string {
  const dependencies = Object.entries(pins).map(([name, version]) => {
    const [group, artifact] = name.split(':');
    return `<dependency><groupId>${group}</groupId><artifactId>${artifact}</artifactId><version>${version}</version></dependency>`;
  });
  return `<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>com.example</groupId>
  <artifactId>client</artifactId>
  <version>1</version>
  <dependencies>${dependencies.join('')}</dependencies>
</project>
`;
}
