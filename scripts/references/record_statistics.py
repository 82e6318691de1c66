"""Records what SciPy and statsmodels give for samples that are generated here.
usage: record_statistics.py   writes Tests/MetricsTests/References/statistics.json"""
import json
import pathlib
from importlib.metadata import version

import numpy as np
from scipy import stats
from statsmodels.api import OLS
from statsmodels.stats.contingency_tables import mcnemar
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.power import normal_sample_size_one_tail
from statsmodels.stats.proportion import proportion_confint

OUT = pathlib.Path(__file__).resolve().parents[2] / "Tests/MetricsTests/References"
RNG = np.random.default_rng(20)


def samples():
    """Differences as evaluations have them: continuous, skewed, right/wrong, with ties and zeros."""
    for n in (2, 3, 7, 12, 16, 20):
        yield f"normal {n}", RNG.normal(0.2, 1, n)
    for n in (5, 11, 18):
        yield f"skewed {n}", RNG.exponential(1, n) - 0.6
    for n in (6, 13, 20):
        yield f"right or wrong {n}", RNG.choice([-1.0, 0.0, 1.0], n, p=[0.1, 0.5, 0.4])
    yield "tenths", np.array([0.1, 0.2, -0.3, 0.4, 0.1, -0.1, 0.3, 0.2, 0.2])
    yield "no difference", np.zeros(8)
    yield "one sign", RNG.uniform(0.1, 1, 10)


def mean(values, axis=-1):
    return np.mean(values, axis=axis)


def sign_flip():
    for about, values in samples():
        result = stats.permutation_test(
            (values,), mean, permutation_type="samples", n_resamples=np.inf, vectorized=True,
            batch=1 << 14)
        yield {"about": about, "values": values.tolist(), "p": float(result.pvalue)}


def bca():
    for about, values in [
        ("normal", RNG.normal(0.1, 1, 30)), ("skewed", RNG.exponential(1, 25) - 0.4),
        ("heavy tails", RNG.standard_t(3, 60)), ("small", RNG.normal(1, 1, 5)),
        ("right or wrong", RNG.choice([-1.0, 0.0, 1.0], 80, p=[0.1, 0.6, 0.3])),
    ]:
        for confidence in (0.9, 0.95):
            result = stats.bootstrap(
                (values,), mean, method="BCa", confidence_level=confidence, n_resamples=499,
                vectorized=True, rng=np.random.default_rng(4))
            left_out = np.array([mean(np.delete(values, i)) for i in range(len(values))])
            distance = left_out.mean() - left_out
            yield {
                "about": about, "values": values.tolist(), "confidence": confidence,
                "resampled": result.bootstrap_distribution.tolist(),
                "acceleration": float(np.sum(distance**3) / (6 * np.sum(distance**2) ** 1.5)),
                "low": float(result.confidence_interval.low),
                "high": float(result.confidence_interval.high),
            }


def standard_errors():
    for sizes in ([1] * 12, [2, 3, 4, 1, 5, 2], [10, 10, 10], [40, 1, 1, 7, 12, 3, 3]):
        groups = np.repeat(np.arange(len(sizes)), sizes)
        values = RNG.normal(0, 1, len(sizes))[groups] + RNG.normal(0.3, 1, len(groups))
        constant = np.ones(len(values))
        model = OLS(values, constant)
        clustered = model.fit(
            cov_type="cluster", cov_kwds={"groups": groups, "use_correction": False})
        plain, robust = model.fit(), model.fit(cov_type="HC0")
        # The independent part divides by n − 1, which no cluster estimate of statsmodels does alone.
        variance = clustered.bse[0] ** 2 + plain.bse[0] ** 2 - robust.bse[0] ** 2
        yield {
            "values": values.tolist(), "groups": groups.tolist(),
            "independent": float(plain.bse[0]), "clustered": float(np.sqrt(variance)),
        }


def main():
    probabilities = [1e-300, 1e-12, 1e-4, 0.01, 0.025, 0.2, 0.4999, 0.5, 0.7, 0.975, 1 - 1e-9]
    record = {
        "versions": {name: version(name) for name in ("scipy", "statsmodels", "numpy")},
        "quantiles": [[p, float(stats.norm.ppf(p))] for p in probabilities],
        "cumulative": [[z, float(stats.norm.cdf(z))] for z in (-30, -8.5, -1.96, 0, 0.3, 5)],
        "sign_flip": list(sign_flip()),
        "mcnemar": [
            [b, c, float(mcnemar([[9, b], [c, 9]], exact=True).pvalue)]
            for b, c in [
                (0, 0), (0, 1), (1, 0), (5, 5), (3, 12), (0, 20), (40, 62), (700, 812),
                (20000, 20555)]
        ],
        "wilson": [
            [k, n, confidence, *map(float, proportion_confint(k, n, 1 - confidence, "wilson"))]
            for k, n in [(0, 1), (1, 1), (0, 40), (3, 40), (20, 40), (143, 160), (9999, 10000)]
            for confidence in (0.9, 0.95, 0.99)
        ],
        "holm": [
            [values, multipletests(values, method="holm")[1].tolist()]
            for values in [
                [0.03], [0.01, 0.04], [0.04, 0.01, 0.03, 0.005], [0.5, 0.5, 0.9],
                RNG.uniform(0, 0.2, 12).tolist()]
        ],
        "standard_errors": list(standard_errors()),
        # Items that find a difference in 80 % of samples at 2.5 % on its side.
        "sample_sizes": [
            [effect, deviation, float(normal_sample_size_one_tail(effect, 0.8, 0.025, deviation))]
            for effect, deviation in [(0.1, 0.5), (0.02, 0.3), (1, 1), (-0.05, 0.45)]
        ],
        "bca": list(bca()),
    }
    path = OUT / "statistics.json"
    path.write_text(json.dumps(record, ensure_ascii=False, separators=(",", ":")) + "\n")
    print(path, path.stat().st_size)


main()
