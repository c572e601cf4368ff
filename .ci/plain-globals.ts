/**
 * Jest's environment of Node, but that its globals are those of a realm of their own and nothing beside: in a context of
 * `vm` every `Object` or `Map` that a module names is asked of an interceptor and a proxy first, a quarter of the tests' time.
 */
import vm from 'node:vm';
import { TestEnvironment } from 'jest-environment-node';

// oxlint-disable-next-line import/no-default-export -- Jest takes a module's default.
export default class PlainGlobals extends TestEnvironment {
  constructor(...given: ConstructorParameters<typeof TestEnvironment>) {
    const { createContext } = vm;
    // Jest has no option for it; nothing else runs while the context is made.
    vm.createContext = () => createContext(vm.constants.DONT_CONTEXTIFY);
    try {
      super(...given);
    } finally {
      vm.createContext = createContext;
    }
  }
}
