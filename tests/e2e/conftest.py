"""A browser, and pages made by the program for it."""

import base64
import json
import os
import pathlib
import shutil
import subprocess

import pytest
from selenium import webdriver
from selenium.webdriver.chrome.service import Service

PROGRAM = os.environ["TOUCHSTONE"]
INPUTS = pathlib.Path(__file__).parent.parent / "golden" / "inputs"


class Browser:
    """Chromium, a page at a time, with what it logged and asked for."""

    def __init__(self):
        self.width = 0  # of the window, in the page's pixels
        options = webdriver.ChromeOptions()
        options.binary_location = shutil.which("chromium")
        # the pages are our own, and neither root nor a container has the sandbox that the browser wants
        for argument in "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage":
            options.add_argument(argument)
        options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
        self.driver = webdriver.Chrome(options=options, service=Service(shutil.which("chromedriver")))

    def open(self, page, width=1280, height=900, dark=False, media="", script=True):
        self.devtools("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1,
                      mobile=width < 600)
        self.devtools("Emulation.setEmulatedMedia", media=media, features=[
            {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}])
        self.devtools("Emulation.setScriptExecutionDisabled", value=not script)
        self.width = width
        self.driver.get_log("browser")
        self.driver.get_log("performance")
        self.driver.get(page.as_uri())

    def devtools(self, command, **arguments):
        return self.driver.execute_cdp_cmd(command, arguments)

    def find(self, selector):
        return self.driver.find_element("css selector", selector)

    def find_all(self, selector):
        return self.driver.find_elements("css selector", selector)

    def ask(self, script, *arguments):
        return self.driver.execute_script(script, *arguments)

    def console(self):
        return [entry["message"] for entry in self.driver.get_log("browser")]

    def requests(self):
        """The address of everything that the page asked for."""
        messages = [json.loads(entry["message"])["message"] for entry in self.driver.get_log("performance")]
        return [m["params"]["request"]["url"] for m in messages if m["method"] == "Network.requestWillBeSent"]

    def keep_picture(self, name):
        """A picture of what the window shows, where TOUCHSTONE_SCREENSHOTS asks for it."""
        folder = os.environ.get("TOUCHSTONE_SCREENSHOTS")
        if folder:
            picture = self.devtools("Page.captureScreenshot", format="png")["data"]
            pathlib.Path(folder, f"{name}.png").write_bytes(base64.b64decode(picture))


@pytest.fixture(scope="session")
def browser():
    browser = Browser()
    yield browser
    browser.driver.quit()


@pytest.fixture(scope="session")
def make_page(tmp_path_factory):
    """make_page(result, ...): the page of these results (JSON objects, or files of them)."""

    def make(*results, exit=0):
        folder = tmp_path_factory.mktemp("page")
        files = []
        for i, result in enumerate(results):
            if not isinstance(result, dict):
                files.append(result)
                continue
            files.append(folder / f"result{i}.json")
            files[-1].write_text(json.dumps(result))
        page = folder / "page.html"
        done = subprocess.run([PROGRAM, "report", "html", *files, "-o", page], capture_output=True, timeout=60)
        assert done.returncode == exit, done.stderr
        return page

    return make


@pytest.fixture(scope="session")
def campaign_file():
    return INPUTS / "report" / "campaign.json"


@pytest.fixture(scope="session")
def campaign(campaign_file):
    return json.loads(campaign_file.read_text())
