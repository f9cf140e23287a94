"""What it says of its measurement: the truth, what no reader may take for a value, and that something failed."""
from processes import linger
from protocol import end, error, measure, raw, start, value, values


def honest():
    measure()


def unknown_version():
    start(v=2)
    linger()


def not_a_number():
    start()
    raw('{"event":"value","index":0,"metrics":{"wall_per_unit":NaN}}\n')
    linger()


def infinite_number():
    start()
    raw(
        '{"event":"value","index":0,"units":1,"ideal":null,"seconds":1,"metrics":{"wall_per_unit":1e999},'
        '"calibration":1,"loop":null,"verified":true}\n'
    )
    linger()


def prototype_key():
    start()
    value(0, metrics={"__proto__": 1.0})
    linger()


def metric_missing():
    start()
    value(0)
    value(1, metrics={"wall_per_unit": 0.005})
    end()


def too_few_values():
    start()
    end()


def not_verified():
    start()
    value(0)
    value(1, verified=False)
    end()


def verify_fails():
    start()
    error("verify")


def run_fails():
    start()
    error("run", type="OSError", message="no more files")


def falls_back():
    start()
    error("fallback", type="RuntimeError", message="uvloop is not running")


def import_fails():
    error("import", type="ModuleNotFoundError", message="No module named 'nowhere'")


def other_python():
    start(python="2.7.18")
    values()
    end()
