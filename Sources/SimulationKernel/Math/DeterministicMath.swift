/// Elementary functions that give the same bits on every machine.
///
/// The C library's `log`, `exp`, `pow`, `sin`… pick a variant by the processor they run on, and the
/// variants differ in the last bit: enough to order two events differently. These use only
/// `+ - * /` and the square root, which IEEE 754 fixes to the bit, in a fixed order. Coefficients
/// were fitted for this project (interpolation at Chebyshev nodes with 60 digits, then rounded);
/// reductions are the textbook ones.
public enum DeterministicMath {}
