// Goes into Vitest's pages in WebKitGTK: what is found is acted on by the DOM, not by a driver.
import { Locator, selectorEngine } from '@vitest/browser/locators'
import { page } from 'vitest/browser'

class DomLocator extends Locator {
  constructor(selector, container) {
    super()
    this.selector = selector
    this._container = container
  }

  locator(selector) {
    return new DomLocator(`${this.selector} >> ${selector}`, this._container)
  }

  elementLocator(element) {
    return locate(element)
  }

  async click() {
    const element = await this.findElement()
    element.click()
  }
}

const locate = (element) => new DomLocator(selectorEngine.generateSelectorSimple(element), element)

page.extend({ elementLocator: locate })
