#!/usr/bin/env python3
"""Prints "PASSED FAILED" of a JUnit file; a suite without cases counts as one failure."""
import sys
import xml.etree.ElementTree as ET

passed = failed = 0
for suite in ET.parse(sys.argv[1]).getroot().iter('testsuite'):
    cases = list(suite.iter('testcase'))
    if not cases:
        failed += 1
    for case in cases:
        if case.find('failure') is not None or case.find('error') is not None:
            failed += 1
        elif case.find('skipped') is None:
            passed += 1
print(passed, failed)
